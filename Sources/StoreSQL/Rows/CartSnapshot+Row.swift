// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum SnapshotColumn: Int, TableColumn {
    case link, format, document
}

extension CartSnapshot {
    init(row: any SQLRow) throws {
        self.init(
            format: try row.parsed(SnapshotColumn.format, CartFormat.init(rawValue:)),
            document: try row.value(SnapshotColumn.document)
        )
    }

    func row(of link: LinkID) -> [SQLValue] {
        [.bytes(link.blob), .text(format.rawValue), .bytes(document)]
    }
}
