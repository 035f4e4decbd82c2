// SPDX-License-Identifier: Apache-2.0

/// Where the numbers of a table's rows go on, so that none is given out twice: the last rows may have been deleted.
extension StoredTable {
    func lastNumber(in session: any SQLSession) throws -> Int64 {
        let sql =
            switch session.dialect {
            case .sqlite:
                """
                SELECT max(coalesce((SELECT max(row) FROM \(name)), 0),
                    coalesce((SELECT seq FROM sqlite_sequence WHERE name = '\(name)'), 0))
                """
            case .postgres:
                """
                SELECT greatest(coalesce(max(row), 0),
                    coalesce(pg_sequence_last_value(pg_get_serial_sequence('\(name)', 'row')::regclass), 0)) FROM \(name)
                """
            }
        return try session.integer(SQLStatement(sql, [])) ?? 0
    }

    func goOn(after number: Int64, in session: any SQLSession) throws {
        guard number > 0 else { return }
        switch session.dialect {
        case .sqlite:
            // Tables without AUTOINCREMENT go on after their last row by themselves.
            _ = try session.change(SQLStatement("DELETE FROM sqlite_sequence WHERE name = ?", [.text(name)]))
            let sql = """
                INSERT INTO sqlite_sequence (name, seq)
                SELECT name, ? FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql LIKE '%AUTOINCREMENT%'
                """
            _ = try session.change(SQLStatement(sql, [.integer(number), .text(name)]))
        case .postgres:
            let sql = "SELECT setval(pg_get_serial_sequence('\(name)', 'row')::regclass, ?)"
            _ = try session.integer(SQLStatement(sql, [.integer(number)]))
        }
    }
}
