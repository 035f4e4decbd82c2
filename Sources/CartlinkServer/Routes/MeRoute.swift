// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `GET /admin/v1/me`: whose key it is, and what it may.
struct MeRoute: RouteGroup {
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/admin/v1/me") { request, context in
            let admin = try await authenticator.administrator(of: request, on: context, at: now())
            return Answer.json(
                .object([
                    ("name", .string(admin.name)),
                    ("scopes", .array(admin.scopes.map(\.rawValue).sorted().map(JSON.string))),
                ])
            )
        }
    }
}
