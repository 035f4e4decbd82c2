// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/carts/{cartId}/comments`: opinions on a cart, among its owner and the people with a grant.
struct CommentRoutes: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/v1/carts/{cartId}/comments", use: list)
        router.post("/v1/carts/{cartId}/comments", use: add)
        router.delete("/v1/carts/{cartId}/comments/{commentId}", use: remove)
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = try await authenticator.caller(of: request, at: now())
        let comments = try await sharing.comments(on: try context.cartID(), for: caller)
        return Answer.json(.object([("comments", .array(comments.map(\.json)))]))
    }

    @Sendable private func add(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let author = try await authenticator.person(of: request, at: now)
        let cart = try context.cartID()
        var fields = try Fields(try await request.jsonBody())
        fields.require("text")
        let text = fields.text("text") { CommentText($0) }
        try fields.finish()
        guard let text else { throw Problem.invalidInput([]) }
        return Answer.json(try await sharing.comment(text, on: cart, by: .person(author), at: now).json, status: .created)
    }

    @Sendable private func remove(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.caller(of: request, at: now)
        try await sharing.deleteComment(try context.commentID(), on: try context.cartID(), by: caller, at: now)
        return Answer.noContent
    }
}

extension Comment {
    /// `{id, cartId, personId, text, createdAt}`.
    fileprivate var json: JSON {
        .object([
            ("id", .string(id.text)),
            ("cartId", .string(cart.text)),
            ("personId", .string(author.description)),
            ("text", .string(text.text)),
            ("createdAt", .string(createdAt.description)),
        ])
    }
}
