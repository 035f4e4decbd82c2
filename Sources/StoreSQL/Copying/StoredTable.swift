// SPDX-License-Identifier: Apache-2.0

/// A table as a copy carries it over: all its columns, and those that order its rows the same way in every database.
///
/// What a database keeps for itself (its schema's number, PostgreSQL's revision, the nodes at work) is no part of a copy.
package struct StoredTable: Sendable {
    package let name: String
    package let columns: [String]
    let key: [String]
    private let isTruth: [Bool]
    private let insertion: String
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

    /// - Parameter isOverwritten: whether rows are there before the copy comes to this table, so that it writes them over.
    private init<Column: TableColumn>(_ name: String, _: Column.Type, key: [Column], isOverwritten: Bool = false) {
        self.name = name
        columns = Column.allCases.map(\.name)
        self.key = key.map(\.name)
        isTruth = Column.allCases.map(\.isTruth)
        isNumbered = false
        let overwriting = " ON CONFLICT (\(self.key.joined(separator: ", "))) DO UPDATE SET \(Column.overwritten)"
        insertion = Self.insertion(into: name, columns) + (isOverwritten ? overwriting : "")
    }

    private init<Column: TableColumn>(numbered name: String, _: Column.Type) {
        self.name = name
        let others = Column.allCases.filter { $0.name != "row" }
        columns = ["row"] + others.map(\.name)
        key = ["row"]
        isTruth = [false] + others.map(\.isTruth)
        isNumbered = true
        insertion = Self.insertion(into: name, columns)
    }

    private static func insertion(into name: String, _ columns: [String]) -> String {
        "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }

    /// Whether a store that nobody has used yet has rows here.
    var isNeverEmpty: Bool { name == "counter" }

    /// So many rows are in memory at once; a document has up to 2 MiB.
    var rowsAtOnce: Int { columns.contains("document") ? 16 : 500 }

    func insertion(of row: [SQLValue]) -> SQLStatement {
        let values = zip(row, isTruth).map { value, isTruth in
            if isTruth, case .integer(let number) = value { SQLValue.truth(number != 0) } else { value }
        }
        return SQLStatement(insertion, values)
    }
}
