// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// A value that goes into a statement or comes out of a row.
package enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case truth(Bool)
}

extension SQLValue {
    package init(_ number: (some BinaryInteger)?) { self = number.map { .integer(Int64($0)) } ?? .null }
    package init(_ text: String?) { self = text.map(Self.text) ?? .null }
    package init(_ bytes: [UInt8]?) { self = bytes.map(Self.bytes) ?? .null }
    /// A truth that was read as a number.
    package init(truth: Int64?) { self = truth.map { .truth($0 != 0) } ?? .null }
    package init(_ time: Timestamp?) { self.init(time?.milliseconds) }

    /// The value as every database can hold it: in PostgreSQL's texts there is no U+0000, and GRDB's end there.
    package var portable: SQLValue {
        guard case .text(let text) = self, text.utf8.contains(0) else { return self }
        return .text(String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })))
    }
}
