// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/carts/{cartId}/links/preview`: what people would see through a link, before its owner makes it.
struct LinkPreviewRoute: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let projections: Projections
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/v1/carts/{cartId}/links/preview", use: preview)
    }

    @Sendable private func preview(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let cart = try context.cartID()
        let order = try LinkOrder(body: try await request.jsonBody())
        let opened = try await sharing.preview(
            order,
            of: cart,
            by: caller,
            asShownToGuests: { [projections] cart, showPrices throws(ShareError) in
                try projections.shownToGuests(cart, showPrices: showPrices)
            },
            at: now
        )
        let longest = sharing.rules.term(for: opened.link.audience).longest
        return Answer.json(
            try Self.body(opened, latestEnd: now.adding(seconds: longest), projections),
            headers: [.cacheControl: "no-store"]
        )
    }

    /// `{cart, link, viewer, redaction}` as at `/v1/shared`, with what was ordered, or is the shop's choice, in `link`.
    private static func body(_ opened: OpenedLink, latestEnd: Timestamp, _ projections: Projections) throws(Problem) -> JSON {
        let view = try projections.view(of: opened)
        let link = opened.link
        return .object([
            ("cart", .bytes(view.document)),
            (
                "link",
                .object([
                    ("audience", .string(link.audience.name)),
                    ("access", .string(opened.access.rawValue)),
                    ("within", (link.audience.circle?.kind.rawValue).map(JSON.string)),
                    ("expiresAt", .string(link.expiresAt.description)),
                    ("latestExpiresAt", .string(latestEnd.description)),
                    ("showPrices", .bool(link.showPrices)),
                    ("card", .string(link.card.rawValue)),
                    ("snapshot", .bool(link.isSnapshot)),
                ])
            ),
            ("viewer", opened.viewer),
            ("redaction", view.redaction),
        ])
    }
}
