// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// One row while it is read. An index is the column's.
package protocol SQLRow {
    /// Booleans read as 0 and 1.
    func integer(at index: Int) throws -> Int64?
    func text(at index: Int) throws -> String?
    func bytes(at index: Int) throws -> [UInt8]?
    /// As the database holds it, whatever it is.
    func value(at index: Int) throws -> SQLValue
}

/// What a row holds isn't what this program writes.
package struct UnreadableRow: Error {
    package let column: String

    package init(column: String) { self.column = column }
}

// Inlined, since a row is known by its protocol alone: a call that is generic over it would cost several times what it reads.
extension SQLRow {
    @inline(__always) package func value<Value: StoredValue>(_ column: some TableColumn) throws -> Value {
        guard let value = try Value(row: self, index: column.rawValue) else { throw UnreadableRow(column: "\(column)") }
        return value
    }

    @inline(__always) package func valueIfPresent<Value: StoredValue>(_ column: some TableColumn) throws -> Value? {
        try Value(row: self, index: column.rawValue)
    }

    @inline(__always) package func parsed<Stored: StoredValue, Value>(
        _ column: some TableColumn,
        _ parse: (Stored) -> Value?
    ) throws -> Value {
        guard let value = parse(try value(column)) else { throw UnreadableRow(column: "\(column)") }
        return value
    }

    @inline(__always) package func parsedIfPresent<Stored: StoredValue, Value>(
        _ column: some TableColumn,
        _ parse: (Stored) -> Value?
    ) throws -> Value? {
        guard let stored: Stored = try valueIfPresent(column) else { return nil }
        guard let value = parse(stored) else { throw UnreadableRow(column: "\(column)") }
        return value
    }

    @inline(__always) package func timestamp(_ column: some TableColumn) throws -> Timestamp {
        Timestamp(milliseconds: try value(column))
    }

    @inline(__always) package func timestampIfPresent(_ column: some TableColumn) throws -> Timestamp? {
        try valueIfPresent(column).map(Timestamp.init(milliseconds:))
    }
}

/// What a column holds, as Swift has it.
package protocol StoredValue {
    /// nil where the column holds nothing.
    init?(row: some SQLRow, index: Int) throws
}

extension StoredValue where Self: FixedWidthInteger {
    @inline(__always) package init?(row: some SQLRow, index: Int) throws {
        guard let number = try row.integer(at: index) else { return nil }
        guard let value = Self(exactly: number) else { throw UnreadableRow(column: "\(index)") }
        self = value
    }
}

extension Int64: StoredValue {}
extension Int: StoredValue {}
extension UInt8: StoredValue {}

extension Bool: StoredValue {
    @inline(__always) package init?(row: some SQLRow, index: Int) throws {
        guard let number = try row.integer(at: index) else { return nil }
        self = number != 0
    }
}

extension String: StoredValue {
    @inline(__always) package init?(row: some SQLRow, index: Int) throws {
        guard let text = try row.text(at: index) else { return nil }
        self = text
    }
}

extension [UInt8]: StoredValue {
    @inline(__always) package init?(row: some SQLRow, index: Int) throws {
        guard let bytes = try row.bytes(at: index) else { return nil }
        self = bytes
    }
}
