// SPDX-License-Identifier: Apache-2.0

/// A table as a copy carries it over: all its columns, and those that order its rows the same way in every database.
///
/// What a database keeps for itself (its schema's number, PostgreSQL's revision, the nodes at work) is no part of a copy.
package struct StoredTable: Sendable {
    package let name: String
    package let columns: [String]
    let key: [String]
    /// Whether rows are there before the copy comes to this table, so that it writes them over.
    let isOverwritten: Bool
    /// Whether `row` counts its rows up.
    let isNumbered: Bool

    /// In the order in which they are filled: the messages' trigger counts in `webhook`, which is then written over.
    package static let all = [
        StoredTable("counter", CounterColumn.self, key: [.one], isOverwritten: true),
        StoredTable("cart", CartColumn.self, key: [.id]),
        StoredTable(numbered: "link", LinkColumn.self),
        StoredTable("snapshot", SnapshotColumn.self, key: [.link]),
        StoredTable("companyUser", CompanyUserColumn.self, key: [.id]),
        StoredTable(numbered: "cartGrant", GrantColumn.self),
        StoredTable("acceptance", AcceptanceColumn.self, key: [.link, .holder]),
        StoredTable(numbered: "comment", CommentColumn.self),
        StoredTable("issue", IssueColumn.self, key: [.caller, .cart, .subject, .text]),
        StoredTable("linkKey", KeyColumn.self, key: [.fingerprint]),
        StoredTable(numbered: "outbox", MessageColumn.self),
        StoredTable(numbered: "massRevocation", MassColumn.self),
        StoredTable("webhook", WebhookColumn.self, key: [.id], isOverwritten: true),
        StoredTable("audit", AuditColumn.self, key: [.sequence]),
    ]

    private enum CounterColumn: Int, TableColumn {
        case one, version
    }

    private init<Column: TableColumn>(_ name: String, _: Column.Type, key: [Column], isOverwritten: Bool = false) {
        self.name = name
        columns = Column.allCases.map(\.name)
        self.key = key.map(\.name)
        self.isOverwritten = isOverwritten
        isNumbered = false
    }

    private init<Column: TableColumn>(numbered name: String, _: Column.Type) {
        self.name = name
        columns = ["row"] + Column.allCases.map(\.name).filter { $0 != "row" }
        key = ["row"]
        isOverwritten = false
        isNumbered = true
    }

    /// Whether a store that nobody has used yet has rows here.
    var isNeverEmpty: Bool { name == "counter" }

    /// So many rows are in memory at once; a document has up to 2 MiB.
    var rowsAtOnce: Int { columns.contains("document") ? 16 : 500 }

    /// What SQLite keeps as a number and PostgreSQL as a truth.
    private static let truths: Set = ["showPrices", "allowsTakeOver", "isSnapshot", "isReplaceable"]

    func insertion(of row: [SQLValue]) -> SQLStatement {
        var sql = "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
        if isOverwritten {
            let values = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
            sql += " ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(values)"
        }
        let values = zip(columns, row).map { column, value in
            if case .integer(let number) = value, Self.truths.contains(column) { SQLValue.truth(number != 0) } else { value }
        }
        return SQLStatement(sql, values)
    }
}
