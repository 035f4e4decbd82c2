// SPDX-License-Identifier: Apache-2.0

import ShareLinks

private enum IssueColumn: Int, TableColumn {
    case requestHash, link
}

extension IdempotentIssue {
    init(row: any SQLRow) throws {
        self.init(requestHash: try row.value(IssueColumn.requestHash), link: try row.parsed(IssueColumn.link, LinkID.init(blob:)))
    }
}
