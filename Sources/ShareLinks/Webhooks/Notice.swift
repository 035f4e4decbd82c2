// SPDX-License-Identifier: Apache-2.0

/// What webhooks are told of one change: ids and plain facts. Never a token, a label, a name or anything else that a person typed.
package struct Notice: Sendable, Equatable {
    package let kind: Kind
    /// When the change was made.
    package let at: Timestamp
    package let link: LinkID?
    package let cart: CartID
    /// What is told beside the ids, in this order.
    let facts: [Fact]
    /// Whether the next notice of this kind about the same cart says all that this one says.
    package let isReplaceable: Bool

    package enum Kind: String, Sendable, CaseIterable {
        case linkCreated = "link.created"
        case linkAccepted = "link.accepted"
        case linkRevoked = "link.revoked"
        case cartChanged = "cart.changed"
        case cartOwnerChanged = "cart.owner-changed"

        /// Whether notices of this kind may be replaceable.
        package var hasReplaceable: Bool { self == .cartChanged }
    }

    /// A member of `data`.
    struct Fact: Sendable, Equatable {
        let name: String
        /// JSON text.
        let value: String
    }

    init(_ kind: Kind, at: Timestamp, link: LinkID? = nil, cart: CartID, facts: [Fact?] = [], isReplaceable: Bool = false) {
        self.kind = kind
        self.at = at
        self.link = link
        self.cart = cart
        self.facts = facts.compactMap { $0 }
        self.isReplaceable = isReplaceable
    }

    /// The JSON text that is sent: `{type, timestamp, data:{linkId?, cartId, …}}`, the timestamp as RFC 3339 text.
    package var body: String {
        let ids: [Fact?] = [link.map { .text("linkId", "\($0)") }, .text("cartId", Self.name(of: cart))]
        let data = (ids.compactMap { $0 } + facts).map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",")
        return "{\"type\":\"\(kind.rawValue)\",\"timestamp\":\"\(at)\",\"data\":{\(data)}}"
    }

    /// Notices with the same thread reach a webhook in the order of the changes.
    package var thread: String {
        switch kind {
        case .linkCreated, .linkAccepted, .linkRevoked: link.map { "link \($0)" } ?? "cart \(cart)"
        case .cartChanged, .cartOwnerChanged: "cart \(cart)"
        }
    }

    /// The one place that says what a cart is called outside.
    private static func name(of cart: CartID) -> String { cart.text }
}

extension Notice.Fact {
    /// - Parameter text: an id, a word of ours or a time: nothing that JSON would have to escape.
    static func text(_ name: String, _ text: String) -> Self { Self(name: name, value: "\"\(text)\"") }
    static func number(_ name: String, _ number: Int64) -> Self { Self(name: name, value: String(number)) }
    static func yes(_ name: String) -> Self { Self(name: name, value: "true") }
}
