// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// `GET /metrics`: the Prometheus text, on the admin listener only.
struct MetricsRoute: RouteGroup {
    let render: @Sendable () -> String

    func add(to router: Router<ServerContext>) {
        router.get("/metrics") { _, _ in
            Answer.bytes(Array(render().utf8), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}
