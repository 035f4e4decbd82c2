// SPDX-License-Identifier: Apache-2.0

/// The text of a key file: one key a line, `<slot> <signing|verifying> <created> <64 hex digits>`; `#` starts a comment.
package struct KeyFile: Sendable {
    package var keys: [LinkKey]

    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let line: Int
        package let what: What

        package enum What: String, Sendable {
            case form = "a line is: slot, signing or verifying, created, 64 hex digits"
            case slot = "the slot is a number from 0 to 7"
            case state = "the state is signing or verifying"
            case created = "the time of creation is RFC 3339 text"
            case short = "a key is 32 bytes, that is 64 hex digits"
            case zero = "the key is all zeros"
        }

        package var description: String { "line \(line): \(what.rawValue)" }
    }

    package init(keys: [LinkKey]) {
        self.keys = keys
    }

    package init(parsing text: String) throws(Fault) {
        keys = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            if words.isEmpty { continue }
            let number = index + 1
            guard words.count == 4 else { throw Fault(line: number, what: .form) }
            guard words[0].count == 1, let value = UInt8(words[0]), let slot = KeySlot(rawValue: value) else {
                throw Fault(line: number, what: .slot)
            }
            guard let state = LinkKey.State(rawValue: String(words[1])) else { throw Fault(line: number, what: .state) }
            guard let created = Timestamp(rfc3339: words[2]) else { throw Fault(line: number, what: .created) }
            guard let secret = Hex.bytes(of: words[3]), secret.count == 32 else { throw Fault(line: number, what: .short) }
            guard let key = LinkKey(slot: slot, secret: secret, created: created, state: state) else {
                throw Fault(line: number, what: .zero)
            }
            keys.append(key)
        }
    }

    /// The file's text. It is secret.
    package var text: String {
        let head = "# Cartlink link keys. Secret: mode 0600, outside the data folder and its backups.\n"
        return head
            + keys.sorted { $0.slot < $1.slot }
            .map { "\($0.slot) \($0.state.rawValue) \($0.created) \(Hex.text(of: $0.secret))\n" }
            .joined()
    }
}

extension KeyFile {
    /// Adds a key made of `secret` in the lowest free slot: signing where it is the first, else verifying until it is promoted.
    ///
    /// - Returns: the key, or nil where all eight slots are taken or the secret is unfit.
    package mutating func addKey(secret: [UInt8], created: Timestamp) -> LinkKey? {
        guard let free = KeySlot.allCases.first(where: { slot in !keys.contains { $0.slot == slot } }) else { return nil }
        let state: LinkKey.State = keys.isEmpty ? .signing : .verifying
        guard let key = LinkKey(slot: free, secret: secret, created: created, state: state) else { return nil }
        keys.append(key)
        return key
    }

    /// Makes the key in `slot` the signing one; false where the slot is empty.
    package mutating func promote(_ slot: KeySlot) -> Bool {
        guard keys.contains(where: { $0.slot == slot }) else { return false }
        keys = keys.compactMap { $0.with(state: $0.slot == slot ? .signing : .verifying) }
        return true
    }
}
