// SPDX-License-Identifier: Apache-2.0

package import Logging
import OutgoingHTTP
import ServiceLifecycle
package import ShareLinks

/// Delivers what waits in the outbox, each endpoint by a courier of its own, so that a dead one slows no other.
package struct WebhookDelivery: Service {
    private let store: any LinkStore
    private let couriers: [Courier]
    private let configured: Set<WebhookID>
    private let logger: Logger

    /// How long attempts under way may go on when the service stops; what is cut off is sent again after the next start.
    static let patience = Duration.seconds(5)
    /// Messages of a removed webhook that are deleted in one write.
    private static let portion = 2_000

    /// - Parameter chance: a number from 0 to 1 that spreads attempts.
    package init(
        endpoints: [Endpoint],
        store: any LinkStore,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double
    ) {
        self.init(endpoints: endpoints, store: store, resolve: systemResolver, logger: logger, now: now, chance: chance)
    }

    init(
        endpoints: [Endpoint],
        store: any LinkStore,
        resolve: @escaping NameResolver,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double
    ) {
        self.store = store
        self.logger = logger
        configured = Set(endpoints.map(\.webhook.id))
        couriers = endpoints.map { Courier($0, store: store, resolve: resolve, logger: logger, now: now, chance: chance) }
        guard !couriers.isEmpty else { return }
        let losses = LossLog(logger: logger)
        store.changes.listen { [couriers] changes in
            if changes.contains(.outbox) { for courier in couriers { courier.wake() } }
            if changes.contains(.untold) { losses.lost() }
        }
    }

    /// To be started after the store and stopped before it.
    package func run() async throws {
        await forgetRemoved()
        await withTaskGroup(of: Bool.self) { group in
            for courier in couriers {
                group.addTask {
                    await courier.run()
                    return true
                }
            }
            group.addTask {
                try? await gracefulShutdown()
                for courier in self.couriers { courier.stop() }
                try? await Task.sleep(for: Self.patience)
                return false
            }
            var left = couriers.count
            while left > 0, await group.next() == true { left -= 1 }
            if couriers.isEmpty { try? await gracefulShutdown() }
            group.cancelAll()
        }
    }

    /// What waits for a webhook that isn't configured any more can't be sent: nobody knows its address.
    private func forgetRemoved() async {
        do throws(ShareError) {
            let known = try await store.read { view throws(ShareError) in try view.webhookStates() }
            for state in known where !configured.contains(state.webhook) {
                let id = state.webhook
                var isLeft = true
                while isLeft, !Task.isShuttingDownGracefully {
                    isLeft = try await store.write(.takingAway) { store throws(ShareError) in try store.forget(id, limit: Self.portion) }
                }
                logger.notice(
                    "a webhook is not configured any more: its messages are forgotten",
                    metadata: ["webhook": "\(id)", "waiting": "\(state.waiting)", "deadLetters": "\(state.deadLetters)"]
                )
            }
        } catch {
            logger.warning("messages of removed webhooks are left for the next start", metadata: ["error": "\(error)"])
        }
    }
}
