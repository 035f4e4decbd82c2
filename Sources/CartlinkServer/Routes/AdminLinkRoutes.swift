// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/admin/v1/links`: find links, and take them away one by one.
struct AdminLinkRoutes: RouteGroup {
    let administration: Administration
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/admin/v1/links", use: search)
        router.delete("/admin/v1/links/{linkId}", use: revoke)
        router.post("/admin/v1/links/{linkId}/pause") { try await setPaused(true, $0, $1) }
        router.post("/admin/v1/links/{linkId}/resume") { try await setPaused(false, $0, $1) }
    }

    @Sendable private func search(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let admin = try await authenticator.administrator(of: request, on: context, at: now)
        try request.refuseParameters(
            but: [
                "linkId", "cartId", "ownerId", "personId", "companyId", "businessUnitId", "status", "label", "keySlot", "createdBy",
                "limit",
                "cursor",
            ]
        )
        var query = LinkQuery()
        query.link = try request.parameter("linkId") { LinkID($0) }
        query.cart = try request.parameter("cartId") { CartID($0) }
        query.owner = try request.parameter("ownerId") { UserID($0) }
        query.person = try request.parameter("personId") { Subject($0) }
        query.company = try request.parameter("companyId") { CompanyID($0) }
        query.businessUnit = try request.parameter("businessUnitId") { BusinessUnitID($0) }
        query.status = try request.parameter("status") { Link.Status(rawValue: $0) }
        query.label = try request.parameter("label")
        query.keySlot = try request.parameter("keySlot") { UInt8($0).flatMap(KeySlot.init(rawValue:)) }
        query.createdBy = try request.parameter("createdBy")
        let cursor = try request.parameter("cursor") { Int64($0).map(LinkCursor.init(row:)) }
        let page = try await administration.links(
            for: admin,
            matching: query,
            after: cursor,
            limit: try request.limit(standard: 50, most: 500),
            at: now
        )
        return Answer.json(
            .object([
                ("links", .array(page.links.map { $0.administrators(at: now) })),
                ("nextCursor", page.next.map { .string(String($0.row)) }),
            ])
        )
    }

    @Sendable private func revoke(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        let id = try context.linkID()
        try await administration.revoke(id, by: admin, reason: try request.reason(), at: now())
        return Answer.noContent
    }

    private func setPaused(_ isPaused: Bool, _ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        let id = try context.linkID()
        try await administration.setPaused(isPaused, id, by: admin, reason: try request.reason(), at: now())
        return Answer.noContent
    }
}

extension Request {
    /// Why an administrator does it: at most 500 characters on one line.
    func reason() throws(Problem) -> String? {
        try parameter("reason") { $0.isReason ? $0 : nil }
    }
}

extension String {
    var isReason: Bool {
        !isEmpty && count <= 500 && isOneLine
    }
}
