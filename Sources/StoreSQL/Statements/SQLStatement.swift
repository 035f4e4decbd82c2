// SPDX-License-Identifier: Apache-2.0

/// A statement with its values.
///
/// Placeholders are `?` in the order of the values, or `?1`, `?2`… A text with interpolations adds a placeholder and a value for each;
/// `\(sql: "…")` and another statement add text.
package struct SQLStatement: Sendable {
    package let sql: String
    package let values: [SQLValue]
    /// Whether its text is the same each time, so that it pays to keep it prepared; one that is put together by interpolation takes
    /// too many forms.
    package let isFixed: Bool

    package init(_ sql: String, _ values: [SQLValue]) {
        self.init(sql: sql, values: values, isFixed: true)
    }

    fileprivate init(sql: String, values: [SQLValue], isFixed: Bool) {
        self.sql = sql
        self.values = values
        self.isFixed = isFixed
    }
}

extension SQLStatement: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) { self.init(sql: text, values: [], isFixed: false) }

    package init(stringInterpolation parts: StringInterpolation) {
        self.init(sql: parts.sql, values: parts.values, isFixed: false)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = ""
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + interpolationCount)
        }

        package mutating func appendLiteral(_ text: String) { sql += text }

        package mutating func appendInterpolation(sql text: String) { sql += text }

        package mutating func appendInterpolation(_ statement: SQLStatement) {
            sql += statement.sql
            values += statement.values
        }

        package mutating func appendInterpolation(_ value: SQLValue) {
            sql += "?"
            values.append(value)
        }

        package mutating func appendInterpolation(_ text: String) { appendInterpolation(.text(text)) }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { appendInterpolation(.integer(Int64(number))) }
        package mutating func appendInterpolation(_ bytes: [UInt8]) { appendInterpolation(.bytes(bytes)) }

        /// A list in brackets, for `IN`.
        package mutating func appendInterpolation(_ texts: [String]) {
            sql += "(" + texts.map { _ in "?" }.joined(separator: ", ") + ")"
            values += texts.map(SQLValue.text)
        }
    }
}

extension Sequence<SQLStatement> {
    package func joined(separator: String) -> SQLStatement {
        SQLStatement(sql: map(\.sql).joined(separator: separator), values: flatMap(\.values), isFixed: false)
    }
}
