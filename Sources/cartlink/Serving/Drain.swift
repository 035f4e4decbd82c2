// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import ServiceLifecycle

/// Stops first: says "not ready" and gives the balancer a moment to see it.
struct Drain: Service {
    let readiness: Readiness

    func run() async throws {
        try? await gracefulShutdown()
        readiness.end()
        try? await Task.sleep(for: .milliseconds(200))
    }
}
