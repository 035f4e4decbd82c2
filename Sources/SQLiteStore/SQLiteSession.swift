// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks
import StoreSQL

/// One connection's open transaction.
final class SQLiteSession: SQLSession {
    private let database: Database

    init(_ database: Database) { self.database = database }

    var dialect: SQLDialect { .sqlite }

    func rows<Value>(_ statement: SQLStatement, _ make: (any SQLRow) throws -> Value) throws -> [Value] {
        let rows = try SQLiteRow.fetchCursor(prepared(statement), arguments: statement.arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try make(row)) }
        return values
    }

    func change(_ statement: SQLStatement) throws -> Int {
        try execute(statement)
        return database.changesCount
    }

    func execute(_ statement: SQLStatement) throws {
        try prepared(statement).execute(arguments: statement.arguments)
    }

    private func prepared(_ statement: SQLStatement) throws -> Statement {
        try statement.isFixed ? database.cachedStatement(sql: statement.sql) : database.makeStatement(sql: statement.sql)
    }

    func shareError(_ error: any Error) -> ShareError { ShareError(sqlite: error) }

    func isFatal(_ error: any Error) -> Bool { (error as? DatabaseError)?.endsWriting ?? false }
}

extension SQLStatement {
    /// A list of a length that is known spares GRDB's generic code, which takes longer than a look-up by a key.
    fileprivate var arguments: StatementArguments {
        switch values.count {
        case 0: []
        case 1: [values[0].stored]
        case 2: [values[0].stored, values[1].stored]
        case 3: [values[0].stored, values[1].stored, values[2].stored]
        default: StatementArguments(values.map { $0.stored as (any DatabaseValueConvertible)? })
        }
    }
}

extension SQLValue {
    fileprivate var stored: DatabaseValue {
        switch portable {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .truth(let isTrue): isTrue.databaseValue
        }
    }
}
