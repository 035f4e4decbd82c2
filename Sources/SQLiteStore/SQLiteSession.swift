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
        let rows = try Row.fetchCursor(prepared(statement), arguments: statement.arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try make(SQLiteRow(row: row))) }
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
    fileprivate var arguments: StatementArguments { StatementArguments(values.map(\.stored)) }
}

extension SQLValue {
    fileprivate var stored: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .truth(let isTrue): isTrue.databaseValue
        }
    }
}

/// Lives only as long as the cursor that it stands at.
private struct SQLiteRow: SQLRow {
    let row: Row

    func integer(at index: Int) throws -> Int64? { try row.decode(Int64?.self, atIndex: index) }

    func text(at index: Int) throws -> String? { try row.decode(String?.self, atIndex: index) }

    func bytes(at index: Int) throws -> [UInt8]? {
        try row.withUnsafeData(atIndex: index) { data in data.map { [UInt8]($0) } }
    }

    func value(at index: Int) throws -> SQLValue {
        switch (row[index] as DatabaseValue).storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .string(let text): .text(text)
        case .blob(let data): .bytes([UInt8](data))
        case .double: throw UnreadableRow(column: "\(index)")
        }
    }
}
