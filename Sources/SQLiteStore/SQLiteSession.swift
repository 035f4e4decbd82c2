// SPDX-License-Identifier: Apache-2.0

import GRDB

extension Statement {
    func first<Value>(_ arguments: StatementArguments, _ make: (Row) throws -> Value) throws -> Value? {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        // A row lives only as long as its cursor.
        return try withExtendedLifetime(rows) { try rows.next().map(make) }
    }

    func all<Value>(_ arguments: StatementArguments, _ make: (Row) throws -> Value) throws -> [Value] {
        try Row.fetchCursor(self, arguments: arguments).values(make)
    }
}

extension RowCursor {
    func values<Value>(_ make: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        while let row = try next() { values.append(try make(row)) }
        return values
    }
}

extension Database {
    func all<Value>(_ request: SQL, _ make: (Row) throws -> Value) throws -> [Value] {
        try Row.fetchCursor(self, SQLRequest<Row>(literal: request)).values(make)
    }
}
