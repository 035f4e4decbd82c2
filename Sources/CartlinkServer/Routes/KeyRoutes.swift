// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `/admin/v1/keys`: slots, ages and live links of the link keys, and the end of a key.
struct KeyRoutes: RouteGroup {
    let administration: Administration
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/admin/v1/keys", use: list)
        router.delete("/admin/v1/keys/{slot}", use: retire)
    }

    @Sendable private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let admin = try await authenticator.administrator(of: request, on: context, at: now)
        let reports = try await administration.keyReports(for: admin, at: now)
        return Answer.json(
            .object([
                (
                    "keys",
                    .array(
                        reports.map { report in
                            .object([
                                ("slot", .number(Int64(report.slot.rawValue))),
                                ("fingerprint", .string(report.fingerprint.text)),
                                ("state", .string(report.state.rawValue)),
                                ("createdAt", .string(report.created.description)),
                                ("ageSeconds", .number(max(0, now.seconds - report.created.seconds))),
                                ("liveLinks", .number(Int64(report.liveLinks))),
                            ])
                        }
                    )
                )
            ])
        )
    }

    /// `?expect=` is the number of live links that the caller has seen; more than that change nothing.
    @Sendable private func retire(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        guard let slot = context.parameters.get("slot").flatMap({ UInt8($0) }).flatMap(KeySlot.init(rawValue:)) else {
            throw Problem(code: .notFound)
        }
        guard let expected = try request.parameter("expect", { Int($0) }) else {
            throw Problem(code: .malformedRequest, detail: "The parameter expect tells how many live links may die.")
        }
        let died = try await administration.retireKey(in: slot, expected: expected, by: admin, reason: try request.reason(), at: now())
        return Answer.json(.object([("slot", .number(Int64(slot.rawValue))), ("liveLinks", .number(Int64(died)))]))
    }
}
