// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// What a table holds, as a number of rows and one hash over all of them in the order of their keys.
package struct TableDigest: Sendable, Equatable {
    package private(set) var count = 0
    /// 32 bytes: SHA-256 of the ones before and the next row.
    private var state: [UInt8]

    package init(of table: StoredTable) {
        state = SHA256Digest.of(Array("\(table.name) \(table.columns.joined(separator: " "))".utf8))
    }

    package mutating func add(_ row: [SQLValue]) {
        count += 1
        var bytes = state
        for value in row { value.append(to: &bytes) }
        state = SHA256Digest.of(bytes)
    }

    /// The first 16 hexadecimal digits.
    package var text: String { Hex.text(of: state.prefix(8)) }
}

extension SQLValue {
    /// A letter for the kind, the length and the content, so that no two rows look alike. A truth counts as the number that it is in
    /// SQLite.
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .integer(let number):
            bytes.append(UInt8(ascii: "i"))
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        case .truth(let isTrue): SQLValue.integer(isTrue ? 1 : 0).append(to: &bytes)
        case .text(let text): Self.append("t", Array(text.utf8), to: &bytes)
        case .bytes(let content): Self.append("b", content, to: &bytes)
        }
    }

    private static func append(_ kind: Unicode.Scalar, _ content: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: kind))
        withUnsafeBytes(of: Int64(content.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: content)
    }
}

/// What a table holds here and there.
package struct TableComparison: Sendable {
    package let table: String
    package let source: TableDigest
    package let target: TableDigest

    package var isEqual: Bool { source == target }
}
