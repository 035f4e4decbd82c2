// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/shared/{token}`: the machine's view of a shared cart.
struct SharedRoutes: RouteGroup {
    let door: SharedDoor
    let projections: Projections
    let answers: LinkAnswers

    func add(to router: Router<ServerContext>) {
        router.get("/v1/shared/{token}", use: view)
    }

    @Sendable private func view(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await door.pass(request, context) { token, caller, now in
            if caller == .stranger {
                let token = try sharing.genuineToken(token)
                return try await answers.answer(.view, to: token, wishes: ContentWishes(request), at: now).response
            }
            let opened = try await sharing.open(token, as: caller, at: now)
            let body = try Self.body(opened, projections)
            return Answer.conditional(body, type: "application/json", headers: Self.headers(opened), for: request)
        }
    }

    private var sharing: Sharing { door.sharing }

    static func headers(_ opened: OpenedLink) -> HTTPFields {
        opened.headers.replacing(with: [.vary: "Authorization, Cookie"])
    }

    /// `{cart, link, viewer, redaction}`.
    static func body(_ opened: OpenedLink, _ projections: Projections) throws(Problem) -> [UInt8] {
        let view = try projections.view(of: opened)
        return JSON.object([
            ("cart", .bytes(view.document)),
            (
                "link",
                .object([
                    ("audience", .string(opened.link.audience.name)),
                    ("access", .string(opened.access.rawValue)),
                    ("expiresAt", .string(opened.link.expiresAt.description)),
                ])
            ),
            ("viewer", opened.viewer),
            ("redaction", view.redaction),
        ]).text
    }
}

extension Projections {
    func view(of opened: OpenedLink) throws(Problem) -> View {
        try view(
            of: opened.cart,
            for: opened.standing.viewer,
            showPrices: opened.link.showPrices || opened.standing.viewer != .guest
        )
    }
}

extension OpenedLink {
    /// `{relation, canEdit}`.
    var viewer: JSON {
        .object([
            ("relation", .string(standing.relation.rawValue)),
            ("canEdit", .bool(standing.canEdit(in: cart.state))),
        ])
    }

    /// How long the answer may be kept, and when the link ends (RFC 8594).
    var headers: HTTPFields {
        [
            .cacheControl: standing.viewer == .guest ? "private, no-cache" : "no-store",
            .sunset: link.expiresAt.httpDate,
        ]
    }
}
