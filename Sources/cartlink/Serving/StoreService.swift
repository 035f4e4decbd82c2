// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle

/// Keeps the store open until everything that uses it has stopped.
struct StoreService: Service {
    let store: any OpenedStore

    func run() async throws {
        try? await gracefulShutdown()
        try await store.close()
    }
}
