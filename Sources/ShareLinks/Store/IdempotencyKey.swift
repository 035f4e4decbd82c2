// SPDX-License-Identifier: Apache-2.0

/// A client's name for one attempt to issue a link, kept per caller, cart and subject for 24 hours.
package struct IdempotencyKey: Hashable, Sendable {
    package let caller: String
    package let cart: CartID
    package let subject: String
    package let text: String

    /// Seconds for which a key is remembered.
    package static let lifetime: Int64 = 86_400

    package init(caller: String, cart: CartID, subject: String, text: String) {
        self.caller = caller
        self.cart = cart
        self.subject = subject
        self.text = text
    }
}

/// What was issued under a key: never the answer itself, only what was asked and which link came of it.
package struct IdempotentIssue: Hashable, Sendable {
    package let requestHash: String
    package let link: LinkID

    package init(requestHash: String, link: LinkID) {
        self.requestHash = requestHash
        self.link = link
    }
}
