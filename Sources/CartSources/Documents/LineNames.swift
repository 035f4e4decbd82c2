// SPDX-License-Identifier: Apache-2.0

import ShareLinks

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
