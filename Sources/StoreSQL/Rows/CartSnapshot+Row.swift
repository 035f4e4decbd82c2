// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

enum SnapshotColumn: Int, TableColumn {
    case link, format, document
}

extension CartSnapshot {
    init(row: Row) throws {
        self.init(
            format: try row.parsed(SnapshotColumn.format, CartFormat.init(rawValue:)),
            document: try row.bytes(SnapshotColumn.document)
        )
    }

    func row(of link: LinkID) -> StatementArguments {
        [link.blob, format.rawValue, Data(document)]
    }
}
