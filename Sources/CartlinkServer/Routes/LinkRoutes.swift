// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/carts/{cartId}/links` and `/v1/links`: what owners do with their links, or a service on their behalf.
struct LinkRoutes: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let links: LinkWriter
    let projections: Projections
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/v1/carts/{cartId}/links", use: issue)
        router.get("/v1/carts/{cartId}/links", use: list)
        router.get("/v1/links/{linkId}", use: read)
        router.patch("/v1/links/{linkId}", use: change)
        router.delete("/v1/links/{linkId}", use: revoke)
    }

    @Sendable private func issue(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let cart = try context.cartID()
        let body = try await request.jsonBody()
        let order = try LinkOrder(body: body)
        let attempt = try request.attempt(body: body)
        let link = try await sharing.issue(
            order,
            to: cart,
            by: caller,
            attempt: attempt,
            asShownToGuests: { [projections] cart, showPrices throws(ShareError) in
                try projections.shownToGuests(cart, showPrices: showPrices)
            },
            at: now
        )
        return Answer.json(
            try await links.owners(link, for: caller, at: now),
            status: .created,
            headers: [.location: "/v1/links/\(link.id)"]
        )
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let found = try await sharing.links(of: try context.cartID(), by: caller, onBehalfOf: try request.onBehalfOf())
        let listed = try await links.owners(found, ofCart: found.first?.cart, for: caller, at: now)
        return Answer.json(.object([("links", .array(listed))]))
    }

    @Sendable private func read(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let link = try await sharing.link(try context.linkID(), by: caller, onBehalfOf: try request.onBehalfOf())
        return Answer.json(try await links.owners(link, for: caller, at: now))
    }

    @Sendable private func change(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let id = try context.linkID()
        let owner = try request.onBehalfOf()
        let change = try LinkChange(body: try await request.jsonBody())
        let link = try await sharing.change(id, change, by: caller, onBehalfOf: owner, at: now)
        return Answer.json(try await links.owners(link, for: caller, at: now))
    }

    @Sendable private func revoke(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        // A misspelt one would withdraw what was meant to stay.
        try request.refuseParameters(but: ["keepGrants"])
        let keepsGrants = try request.parameter("keepGrants") { ["true": true, "false": false][$0] } ?? false
        try await sharing.revoke(
            try context.linkID(),
            keepsGrants: keepsGrants,
            by: caller,
            onBehalfOf: try request.onBehalfOf(),
            at: now
        )
        return Answer.noContent
    }
}

extension Request {
    /// The `Idempotency-Key` with a hash of what was asked, nil without the header.
    fileprivate func attempt(body: [UInt8]) throws(Problem) -> IssueAttempt? {
        let keys = headers[values: .idempotencyKey]
        guard let key = keys.first else { return nil }
        guard keys.count == 1, (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(code: .malformedRequest, detail: "Idempotency-Key is one text of 1 to 255 visible ASCII characters.")
        }
        return IssueAttempt(key: key, requestHash: Hex.text(of: SHA256Digest.of(body)))
    }
}
