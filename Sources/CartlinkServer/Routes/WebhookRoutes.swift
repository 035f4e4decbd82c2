// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `/admin/v1/webhooks`: who hears of changes, what waits for them, and what was given up.
struct WebhookRoutes: RouteGroup {
    let administration: Administration
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/admin/v1/webhooks", use: list)
        router.get("/admin/v1/webhooks/dead-letters", use: deadLetters)
        router.post("/admin/v1/webhooks/dead-letters/{id}/retry", use: retry)
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        let reports = try await administration.webhooks(for: admin)
        return Answer.json(.object([("webhooks", .array(reports.map(\.json)))]))
    }

    @Sendable private func deadLetters(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        try request.refuseParameters(but: ["webhook", "limit", "cursor"])
        let limit = try request.limit(standard: 50, most: 500)
        let letters = try await administration.deadLetters(
            for: admin,
            of: try request.parameter("webhook") { WebhookID($0) },
            before: try request.parameter("cursor") { Int64($0) },
            limit: limit + 1
        )
        let shown = letters.prefix(limit)
        return Answer.json(
            .object([
                ("deadLetters", .array(shown.map(\.json))),
                ("nextCursor", letters.count > limit ? shown.last.map { .string(String($0.row)) } : nil),
            ])
        )
    }

    @Sendable private func retry(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        guard let id = context.parameters.get("id") else { throw Problem(code: .notFound) }
        try await administration.retryDeadLetter(id, by: admin, at: now())
        return Answer.noContent
    }
}

extension WebhookReport {
    fileprivate var json: JSON {
        .object([
            ("id", .string(webhook.id.text)),
            ("host", .string(webhook.host)),
            ("events", .array(webhook.events.map { .string($0) })),
            ("waiting", .number(Int64(state?.waiting ?? 0))),
            ("deadLetters", .number(Int64(state?.deadLetters ?? 0))),
            ("oldestWaitingAt", (state?.oldestWaitingAt).map { .string($0.description) }),
            ("lastSuccessAt", (state?.lastSuccessAt).map { .string($0.description) }),
            (
                "lastFailure",
                (state?.lastFailure).map { failure in
                    .object([("at", .string(failure.at.description)), ("reason", .string(failure.fault.reason))])
                }
            ),
        ])
    }
}

extension DeadLetter {
    fileprivate var json: JSON {
        .object([
            ("id", .string(message.id)),
            ("webhook", .string(message.webhook.text)),
            ("type", .string(message.kind.rawValue)),
            ("linkId", message.link.map { .string($0.description) }),
            ("cartId", .string(message.cart.text)),
            ("createdAt", .string(message.createdAt.description)),
            ("diedAt", .string(diedAt.description)),
            ("attempts", .number(Int64(attempts))),
            ("reason", .string(fault.reason)),
        ])
    }
}
