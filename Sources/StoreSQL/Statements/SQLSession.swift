// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Where the two databases' SQL differs.
package enum SQLDialect: Sendable {
    case sqlite
    case postgres

    /// The table with the epoch; PostgreSQL keeps it where every node looks before it shows anything.
    fileprivate var epochTable: String {
        switch self {
        case .sqlite: "counter"
        case .postgres: "revision"
        }
    }
}

/// One open transaction of a database that speaks SQL.
package protocol SQLSession: AnyObject {
    var dialect: SQLDialect { get }

    func rows<Value>(_ statement: SQLStatement, _ make: (any SQLRow) throws -> Value) throws -> [Value]
    /// Answers how many rows were changed.
    func change(_ statement: SQLStatement) throws -> Int
    /// The same where nobody asks how many: the session may send it together with what comes next, and tell of an error later.
    func execute(_ statement: SQLStatement) throws

    func shareError(_ error: any Error) -> ShareError
    /// Whether after this error the whole transaction is lost.
    func isFatal(_ error: any Error) -> Bool
}

extension SQLSession {
    /// The first row's value. Taken out by the closure, since a list of values as large as a link costs more than to read it.
    @inline(__always) package func first<Value>(_ statement: SQLStatement, _ make: (any SQLRow) throws -> Value) throws -> Value? {
        var first: Value?
        _ = try rows(statement) { row in
            if first == nil { first = try make(row) }
        }
        return first
    }

    /// The first row's first column.
    @inline(__always) package func integer(_ statement: SQLStatement) throws -> Int64? {
        try first(statement) { row in try row.integer(at: 0) } ?? nil
    }

    /// See ``StoreGeneration/epoch``.
    package func epoch() throws -> Int64 {
        guard let epoch = try integer(SQLStatement("SELECT epoch FROM \(dialect.epochTable)", [])) else {
            throw UnreadableRow(column: "epoch")
        }
        return epoch
    }

    /// Lets the store's history go on in a new epoch, no earlier than `earliest`; answers it.
    func beginEpoch(_ earliest: Int64) throws -> Int64 {
        let next = max(earliest, try epoch() + 1)
        try execute(SQLStatement("UPDATE \(dialect.epochTable) SET epoch = ?", [.integer(next)]))
        return next
    }
}
