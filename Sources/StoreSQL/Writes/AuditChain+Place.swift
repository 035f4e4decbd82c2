// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks

extension AuditChain {
    /// The row after which the next one goes.
    struct Place: Sendable {
        var sequence: Int64
        var code: Code

        static let start = Place(sequence: 0, code: .start)
    }

    /// The last row's place; refuses an audit whose last rows weren't written under this chain's key.
    func lastPlace(in database: Database, of folder: DataFolder) throws -> Place {
        let sql = "SELECT \(AuditColumn.names) FROM audit ORDER BY sequence DESC LIMIT 2"
        let records = try database.cachedStatement(sql: sql).all([], AuditRecord.init(row:))
        guard let last = records.first else { return .start }
        let previous = records.count == 2 ? records[1] : nil
        guard firstBroken(in: [last], after: (previous?.sequence ?? 0, previous?.code ?? .start)) == nil else {
            throw StoreRefusal.auditDiffers(file: folder.database)
        }
        return Place(sequence: last.sequence, code: last.code)
    }
}
