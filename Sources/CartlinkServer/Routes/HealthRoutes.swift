// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import Redaction
import ShareLinks

/// `/health/live` and `/health/ready`, without details.
struct HealthRoutes: RouteGroup {
    let store: any LinkStore
    let readiness: Readiness

    func add(to router: Router<ServerContext>) {
        router.get("/health/live") { _, _ in Self.answer(isWell: true) }
        router.get("/health/ready") { _, context in
            guard readiness.isReady else { return Self.answer(isWell: false) }
            do throws(ShareError) {
                try await store.check()
                return Self.answer(isWell: true)
            } catch {
                context.logger.error("not ready", metadata: ["cause": "\(Problem(error).cause ?? "unknown")"])
                return Self.answer(isWell: false)
            }
        }
    }

    private static func answer(isWell: Bool) -> Response {
        Answer.json(
            .object([("status", .string(isWell ? "ok" : "unavailable"))]),
            status: isWell ? .ok : .serviceUnavailable,
            headers: [.cacheControl: "no-store"]
        )
    }
}
