// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import ShareLinks

/// Adds up in the store what was counted, once a second and once more at a clean stop; a crash loses a second of counting.
struct OpenCountWriter: Service {
    let counts: OpenCounts
    let store: any LinkStore
    let logger: Logger
    let now: @Sendable () -> Timestamp

    /// Links in one write: a revocation must not wait behind a hundred thousand counts.
    static let portion = 1_000

    /// To be stopped after the public listener, which counts, and before the store.
    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(1))
                await write()
            }
        }
        await write()
        guard counts.waiting > 0 else { return }
        logger.warning("opens of links were not written", metadata: ["links": "\(counts.waiting)"])
    }

    /// Writes what has gathered until now; what can't be written waits for the next time.
    func write() async {
        if let missed = counts.missed(at: now()) {
            logger.warning("opens of links were not counted: too many links at once", metadata: ["opens": "\(missed)"])
        }
        for _ in stride(from: 0, to: counts.waiting, by: Self.portion) {
            let portion = counts.portion(of: Self.portion)
            do throws(ShareError) {
                try await store.write(.ordinary) { store throws(ShareError) in
                    for (link, opens) in portion { try store.add(opens, to: link) }
                }
            } catch {
                logger.debug("opens of links wait for the store", metadata: ["links": "\(counts.waiting)"])
                return
            }
            counts.settle(portion)
        }
    }
}
