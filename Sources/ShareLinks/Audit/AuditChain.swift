// SPDX-License-Identifier: Apache-2.0

/// Chains audit rows by HMAC-SHA-256, so that no row can be changed, dropped from the middle or added without the key.
package struct AuditChain: Sendable {
    private let state: PreparedHMAC

    /// 32 bytes that authenticate a row together with all rows before it.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        package let bytes: [UInt8]

        package init?(bytes: [UInt8]) {
            guard bytes.count == 32 else { return nil }
            self.bytes = bytes
        }

        fileprivate init(computed: [UInt8]) { bytes = computed }

        /// Stands before the first row.
        package static let start = Code(computed: [UInt8](repeating: 0, count: 32))

        package var description: String { Hex.text(of: bytes) }
    }

    /// Takes a key of 32 bytes that isn't all zero.
    package init?(key: [UInt8]) {
        guard key.count == 32, key.contains(where: { $0 != 0 }) else { return nil }
        state = PreparedHMAC(key: key, prefix: Array("cartlink/audit/1".utf8))
    }

    package func code(after previous: Code, sequence: Int64, entry: AuditEntry) -> Code {
        var message = previous.bytes
        message.append(number: sequence)
        message.append(number: entry.at.milliseconds)
        for field in [
            entry.actor, entry.action.rawValue, entry.link?.description, entry.cart?.text, entry.reason, entry.before, entry.after,
        ] {
            message.append(field: field)
        }
        return Code(computed: state.code(for: message))
    }

    /// The sequence number of the first row that doesn't fit, or nil where `records` continue the chain after `previous`.
    package func firstBroken(in records: [AuditRecord], after previous: (sequence: Int64, code: Code)) -> Int64? {
        var last = previous
        for record in records {
            let expected = code(after: last.code, sequence: last.sequence + 1, entry: record.entry)
            guard record.sequence == last.sequence + 1, expected == record.code else { return last.sequence + 1 }
            last = (record.sequence, record.code)
        }
        return nil
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int64) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// Absent, empty and every other text differ: a length goes before each.
    fileprivate mutating func append(field: String?) {
        append(number: field.map { Int64($0.utf8.count) } ?? -1)
        append(contentsOf: (field ?? "").utf8)
    }
}
