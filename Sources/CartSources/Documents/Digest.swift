// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Digests of what platforms sent, for names and comparisons. The texts are written as a JSON array first, so that none can pose as two.
enum Digest {
    static func of(_ texts: [String]) -> [UInt8] {
        SHA256Digest.of(JSON.array(texts.map { .string($0) }).text)
    }

    /// The digest of a cart's lasting trait.
    static func trait(_ value: String) -> String {
        Hex.text(of: SHA256Digest.of(Array(value.utf8)).prefix(8))
    }
}

/// Gives a cart's lines ids that open nothing at the platform. No two lines share one.
struct LineNames {
    private let cart: String
    private var uses: [[String]: Int] = [:]

    init(cart: String) {
        self.cart = cart
    }

    /// 32 hexadecimal digits: the same for the same traits of the same cart, and for equal lines by their order.
    mutating func name(_ traits: [String]) -> String {
        let place = uses[traits, default: 0]
        uses[traits] = place + 1
        return Hex.text(of: Digest.of([cart] + traits + [String(place)]).prefix(16))
    }
}
