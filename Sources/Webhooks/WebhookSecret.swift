// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ShareLinks

/// The key that a webhook's messages are signed with (Standard Webhooks, "Signature scheme"); it prints nothing of it.
package struct WebhookSecret: Sendable {
    private let state: PreparedHMAC

    package enum Fault: Error, Equatable {
        /// It isn't `whsec_` and base64.
        case form
        /// It holds less than 24 or more than 64 bytes.
        case length(Int)
    }

    /// Reads `whsec_<base64>`, with one newline behind it or none.
    package init(fileContents: [UInt8]) throws(Fault) {
        var text = fileContents[...]
        if text.last == 0x0A { text.removeLast() }
        if text.last == 0x0D { text.removeLast() }
        guard text.starts(with: Self.prefix), let key = Data(base64Encoded: Data(text.dropFirst(Self.prefix.count))) else { throw .form }
        guard (24...64).contains(key.count) else { throw .length(key.count) }
        state = PreparedHMAC(key: Array(key))
    }

    private static let prefix = Array("whsec_".utf8)

    /// `v1,` and the base64 of HMAC-SHA-256 over `<id>.<timestamp>.<body>`.
    ///
    /// - Parameter now: the time of this attempt, signed in whole seconds.
    func signature(of message: Message, at now: Timestamp) -> String {
        "v1," + Data(state.code(for: Array("\(message.id).\(now.seconds).\(message.body)".utf8))).base64EncodedString()
    }
}
