// SPDX-License-Identifier: Apache-2.0

import CartSources
import ServiceLifecycle

/// Closes the connections to the shop's platform once everything that uses them has stopped.
struct SourceService: Service {
    let upstream: Upstream

    func run() async throws {
        try? await gracefulShutdown()
        await upstream.close()
    }
}
