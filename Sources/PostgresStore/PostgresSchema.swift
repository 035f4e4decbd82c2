// SPDX-License-Identifier: Apache-2.0

import StoreSQL

/// The tables in the schema `cartlink`, as a numbered list of steps that only grows.
///
/// What an id orders or finds is compared by its bytes (`COLLATE "C"`), as in the other store, whatever the database's own order is.
enum PostgresSchema {
    static let name = "cartlink"
    static var version: Int { steps.count }
    private static let steps = [firstStep, sourcesStep]

    /// Nodes that start together wait for each other here: "CLnk".
    static let migrationLock: Int64 = 0x434C_6E6B

    /// The number of the last step that was taken; nil where there is no table of ours.
    static func found(on connection: PostgresConnection, until deadline: Deadline) throws(PostgresFault) -> Int? {
        // Asked of the catalogue: to_regclass may still answer from before the wait for another node's step.
        let tables = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = ? AND tablename = 'version'"
        try connection.queue(SQLStatement(tables, [.text(name)]))
        guard let isThere = try connection.sync(until: deadline).last, isThere.count == 1 else { throw .unexpected("no answer") }
        guard (try? isThere.row(0).integer(at: 0)) == 1 else { return nil }
        try connection.queue("SELECT step FROM \(sql: name).version")
        guard let row = try connection.sync(until: deadline).last, row.count == 1, let step = try? row.row(0).integer(at: 0) else {
            throw .unexpected("no schema version")
        }
        return Int(step)
    }

    /// Takes the steps that the database hasn't taken, all of them or none.
    static func bringUpToDate(_ connection: PostgresConnection, epoch: Int64) throws(PostgresFault) {
        // A step may rewrite a large table, and another node may be at it.
        let deadline = Deadline(in: .seconds(600))
        for statement in ["BEGIN", "SET LOCAL statement_timeout = 0", "SET LOCAL lock_timeout = 0"] {
            try connection.queue(SQLStatement(statement, []))
        }
        try connection.queue(SQLStatement("SELECT pg_advisory_xact_lock(?)", [.integer(migrationLock)]))
        _ = try connection.sync(until: deadline)
        let before = try found(on: connection, until: deadline)
        if before ?? 0 < version {
            for step in steps.dropFirst(before ?? 0) {
                for statement in statements(of: step) { try connection.queue(SQLStatement(statement, [])) }
            }
            if before == nil {
                try connection.queue(SQLStatement("INSERT INTO cartlink.version (one, step) VALUES (1, ?)", [.integer(Int64(version))]))
                let values: [SQLValue] = [.integer(epoch), .bytes([UInt8](repeating: 0, count: 32))]
                let insert = "INSERT INTO cartlink.revision (one, epoch, n, sequence, code) VALUES (1, ?, 0, 0, ?)"
                try connection.queue(SQLStatement(insert, values))
            } else {
                try connection.queue(SQLStatement("UPDATE cartlink.version SET step = ?", [.integer(Int64(version))]))
            }
        }
        // Processes that are long gone.
        try connection.queue("DELETE FROM cartlink.writer WHERE at < now() - interval '7 days'")
        try connection.queue("COMMIT")
        _ = try connection.sync(until: deadline)
    }

    /// A step's statements stand apart by an empty line.
    private static func statements(of step: String) -> [String] {
        var statements = [""]
        for line in step.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { statements.append("") } else { statements[statements.count - 1] += line + "\n" }
        }
        return statements.filter { !$0.isEmpty }
    }
}
