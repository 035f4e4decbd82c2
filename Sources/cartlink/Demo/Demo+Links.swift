// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import ShareLinks

extension Demo {
    /// A link that the demo starts with, known again by its label.
    struct PreparedLink {
        let cart: CartID
        let label: LinkLabel
        let order: LinkOrder

        init(_ label: String, to cart: CartID, _ order: LinkOrder) {
            self.cart = cart
            self.label = LinkLabel("\(labelPrefix) \(label)")!
            var labelled = order
            labelled.label = self.label
            self.order = labelled
        }
    }

    static let labelPrefix = "Demo:"

    static let links = [
        PreparedLink("for anyone", to: cart, LinkOrder(audience: .external, access: .readOnly, showPrices: true)),
        PreparedLink("my unit may look", to: cart, LinkOrder(audience: .internal, access: .readOnly)),
        PreparedLink("my unit may change", to: cart, LinkOrder(audience: .internal, access: .full)),
        PreparedLink(
            "Dana may take the cart over",
            to: cartForCustomer,
            LinkOrder(audience: .internal, access: .full, circle: .person, person: customer.subject, allowsTakeOver: true)
        ),
    ]

    /// The link where it is still good, else a new one like it.
    func link(_ prepared: PreparedLink, _ sharing: Sharing, _ projections: Projections, at now: Timestamp) async throws -> Link {
        let present = try await sharing.links(of: prepared.cart, by: .person(Self.owner), onBehalfOf: nil)
        let usable = present.first { $0.label == prepared.label && $0.status(at: now) == .active && sharing.token(of: $0) != nil }
        if let usable { return usable }
        return try await sharing.issue(
            prepared.order,
            to: prepared.cart,
            by: .person(Self.owner),
            asShownToGuests: { cart, showPrices throws(ShareError) in try projections.shownToGuests(cart, showPrices: showPrices) },
            at: now
        )
    }
}
