// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `POST /v1/resolve`: tells a storefront which cart a token names.
struct ResolveRoute: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/v1/resolve", use: resolve)
    }

    @Sendable private func resolve(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let service = try await authenticator.service(of: request, for: .resolveToken, needing: .resolveLinks, at: now)
        let question = try TokenQuestion(body: try await request.jsonBody(), allowsViewer: true)
        var viewer: Person?
        if let token = question.viewerToken { viewer = try await authenticator.person(token, at: now) }
        let opened = try await sharing.resolve(question.token, for: viewer, by: service, at: now)
        return Answer.json(
            .object([
                ("cartId", .string(opened.cart.name(for: .service(service)))),
                ("linkId", .string(opened.link.id.description)),
                ("audience", .string(opened.link.audience.name)),
                ("access", .string(opened.access.rawValue)),
                ("within", (opened.link.audience.circle?.kind.rawValue).map(JSON.string)),
                ("expiresAt", .string(opened.link.expiresAt.description)),
                ("viewer", opened.viewer),
            ])
        )
    }
}

/// `{token}` or `{url}`, and for a resolve also `viewerToken`.
struct TokenQuestion {
    let token: String
    let viewerToken: String?

    init(body: [UInt8], allowsViewer: Bool) throws(Problem) {
        var fields = try Fields(body)
        let token = fields.string("token")
        let url = fields.string("url")
        let viewer = allowsViewer ? fields.string("viewerToken") : nil
        if !fields.has("token"), !fields.has("url") { fields.add(.required, at: "token") }
        if fields.has("token"), fields.has("url") { fields.add(.tokenOrURL, at: "url") }
        try fields.finish()
        self.token = token ?? Self.token(inURL: url ?? "")
        viewerToken = viewer
    }

    /// What stands behind `/s/` in the URL's path; the token's own tag says whether the host was ours.
    private static func token(inURL url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[parts.count - 2] == "s", let last = parts.last else { return "" }
        return String(last)
    }
}
