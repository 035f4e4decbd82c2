// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension AuditChain {
    /// The row after which the next one goes.
    package struct Place: Sendable, Equatable {
        package var sequence: Int64
        package var code: Code

        package init(sequence: Int64, code: Code) {
            self.sequence = sequence
            self.code = code
        }

        package static let start = Place(sequence: 0, code: .start)
    }

    /// The last row's place; nil where the audit's last rows weren't written under this chain's key.
    package func lastPlace(in session: any SQLSession) throws -> Place? {
        let sql = "SELECT \(AuditColumn.names) FROM audit ORDER BY sequence DESC LIMIT 2"
        let records = try session.rows(SQLStatement(sql, []), AuditRecord.init(row:))
        guard let last = records.first else { return .start }
        let previous = records.count == 2 ? records[1] : nil
        guard firstBroken(in: [last], after: (previous?.sequence ?? 0, previous?.code ?? .start)) == nil else { return nil }
        return Place(sequence: last.sequence, code: last.code)
    }
}
