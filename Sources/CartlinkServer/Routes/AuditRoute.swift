// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `GET /admin/v1/audit`: who did what, when and why, oldest first unless asked otherwise; as JSON or as one JSON object a line.
struct AuditRoute: RouteGroup {
    let administration: Administration
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/admin/v1/audit", use: read)
    }

    @Sendable private func read(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        try request.refuseParameters(but: ["linkId", "cartId", "actor", "from", "to", "order", "limit", "cursor"])
        var query = AuditQuery()
        query.link = try request.parameter("linkId") { LinkID($0) }
        query.cart = try request.parameter("cartId") { CartID($0) }
        query.actor = try request.parameter("actor")
        query.from = try request.parameter("from") { Timestamp(rfc3339: $0) }
        query.to = try request.parameter("to") { Timestamp(rfc3339: $0) }
        query.order = try request.parameter("order") { AuditQuery.Order(rawValue: $0) } ?? .oldestFirst
        let limit = try request.limit(standard: 100, most: 1000)
        let after = try request.parameter("cursor") { Int64($0) }
        let records = try await administration.audit(for: admin, matching: query, after: after, limit: limit + 1)
        let next = records.count > limit ? records[limit - 1].sequence : nil
        if request.headers[.accept]?.contains("application/x-ndjson") == true {
            let lines: [UInt8] = records.prefix(limit).flatMap { $0.json.text + [0x0A] }
            return Answer.bytes(lines, type: "application/x-ndjson")
        }
        return Answer.json(
            .object([
                ("entries", .array(records.prefix(limit).map(\.json))),
                ("nextCursor", next.map { .string(String($0)) }),
            ])
        )
    }
}

extension AuditRecord {
    /// With `atMilliseconds` and `code` a holder of the audit key can verify the chain from the outside.
    fileprivate var json: JSON {
        .object([
            ("sequence", .number(sequence)),
            ("at", .string(entry.at.description)),
            ("atMilliseconds", .number(entry.at.milliseconds)),
            ("actor", .string(entry.actor)),
            ("action", .string(entry.action.rawValue)),
            ("linkId", (entry.link?.description).map(JSON.string)),
            ("cartId", (entry.cart?.text).map(JSON.string)),
            ("reason", entry.reason.map(JSON.string)),
            ("before", entry.before.map(JSON.string)),
            ("after", entry.after.map(JSON.string)),
            ("code", .string(code.description)),
        ])
    }
}
