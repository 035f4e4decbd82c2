// SPDX-License-Identifier: Apache-2.0

/// Reads a table from its first row to its last, some rows at a time.
struct TableReader {
    private let table: StoredTable
    private let session: any SQLSession
    /// The key of the row that was read last.
    private var place: [SQLValue] = []

    init(_ table: StoredTable, in session: any SQLSession) {
        self.table = table
        self.session = session
    }

    /// None once all are read.
    mutating func next() throws -> [[SQLValue]] {
        let key = table.key.joined(separator: ", ")
        let places = table.key.map { _ in "?" }.joined(separator: ", ")
        let sql = """
            SELECT \(table.columns.joined(separator: ", ")) FROM \(table.name)\(place.isEmpty ? "" : " WHERE (\(key)) > (\(places))") \
            ORDER BY \(key) LIMIT \(table.rowsAtOnce)
            """
        let rows = try session.rows(SQLStatement(sql, place)) { row in try table.columns.indices.map { try row.value(at: $0) } }
        if let last = rows.last {
            place = table.key.compactMap { name in table.columns.firstIndex(of: name).map { last[$0] } }
        }
        return rows
    }
}
