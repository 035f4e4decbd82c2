// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum IssueColumn: Int, TableColumn {
    case caller, cart, subject, text, requestHash, link, at
}

extension IdempotentIssue {
    init(row: any SQLRow) throws {
        self.init(requestHash: try row.value(IssueColumn.requestHash), link: try row.parsed(IssueColumn.link, LinkID.init(blob:)))
    }
}
