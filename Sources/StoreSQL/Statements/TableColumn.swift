// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

/// The columns of a table in the order in which they are read and written; a case's name is the column's.
protocol TableColumn: CaseIterable, RawRepresentable<Int>, Sendable {}

extension TableColumn {
    static var names: String { allCases.map { "\($0)" }.joined(separator: ", ") }
    static var places: String { allCases.map { _ in "?" }.joined(separator: ", ") }
}

/// What a row holds isn't what this program writes.
struct UnreadableRow: Error {
    let column: String
}

extension Row {
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: some TableColumn) throws -> Value {
        try decode(Value.self, atIndex: column.rawValue)
    }

    func parsed<Stored: DatabaseValueConvertible & StatementColumnConvertible, Value>(
        _ column: some TableColumn,
        _ parse: (Stored) -> Value?
    ) throws -> Value {
        guard let value = parse(try value(column)) else { throw UnreadableRow(column: "\(column)") }
        return value
    }

    func parsedIfPresent<Stored: DatabaseValueConvertible & StatementColumnConvertible, Value>(
        _ column: some TableColumn,
        _ parse: (Stored) -> Value?
    ) throws -> Value? {
        guard let stored: Stored = try value(column) else { return nil }
        guard let value = parse(stored) else { throw UnreadableRow(column: "\(column)") }
        return value
    }

    func timestamp(_ column: some TableColumn) throws -> Timestamp {
        Timestamp(milliseconds: try value(column))
    }

    func timestampIfPresent(_ column: some TableColumn) throws -> Timestamp? {
        let milliseconds: Int64? = try value(column)
        return milliseconds.map(Timestamp.init(milliseconds:))
    }

    func bytes(_ column: some TableColumn) throws -> [UInt8] {
        try withUnsafeData(atIndex: column.rawValue) { data in
            guard let data else { throw UnreadableRow(column: "\(column)") }
            return [UInt8](data)
        }
    }
}
