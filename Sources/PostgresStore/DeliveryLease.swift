// SPDX-License-Identifier: Apache-2.0

import StoreSQL
import Synchronization

/// The right to deliver webhooks, which one node has at a time and renews with its writes. A node that stalls loses it by the database's clock.
final class DeliveryLease: Sendable {
    private let node: Int64
    private let state = Mutex(State())

    private struct State {
        var nextTry = ContinuousClock.now
        var heldUntil: ContinuousClock.Instant?
    }

    private static let length = Duration.seconds(15)
    private static let renewal = Duration.seconds(5)
    /// Before the end by the database's clock the holder stops to begin attempts.
    private static let margin = Duration.seconds(3)

    init(node: Int64) { self.node = node }

    /// Whether this node may begin to deliver now.
    var isHeld: Bool { state.withLock { $0.heldUntil.map { ContinuousClock.now < $0 } ?? false } }

    var isDue: Bool { state.withLock { ContinuousClock.now >= $0.nextTry } }

    /// Takes or renews the lease in the transaction that is open; what comes of it counts once that is committed.
    func renew(on connection: PostgresConnection, until deadline: Deadline) throws(PostgresFault) -> Renewal {
        let began = ContinuousClock.now
        try connection.queue(SQLStatement(Self.take, [.integer(node), .integer(Self.length.components.seconds)]))
        let isHeld = try connection.sync(until: deadline).last?.count == 1
        return Renewal(heldUntil: isHeld ? began + Self.length - Self.margin : nil)
    }

    struct Renewal {
        fileprivate let heldUntil: ContinuousClock.Instant?
    }

    func note(_ renewal: Renewal) {
        state.withLock { state in
            state.heldUntil = renewal.heldUntil
            // Whoever waits for it looks more often than who has it.
            state.nextTry = .now + (renewal.heldUntil == nil ? .seconds(1) : Self.renewal)
        }
    }

    func tryLater() { state.withLock { $0.nextTry = .now + .seconds(1) } }

    /// Lets another node have it at once.
    func release(on connection: PostgresConnection) throws(PostgresFault) {
        state.withLock { $0.heldUntil = nil }
        try connection.queue(SQLStatement("UPDATE lease SET until = now() WHERE node = ?", [.integer(node)]))
        _ = try connection.sync(until: Deadline(in: .seconds(1)))
    }

    /// By the time of the statement: the transaction may have begun a while before.
    private static let take = """
        INSERT INTO lease AS held (name, node, until) VALUES ('webhooks', ?1, clock_timestamp() + ?2 * interval '1 second')
        ON CONFLICT (name) DO UPDATE SET node = excluded.node, until = excluded.until
        WHERE held.node = excluded.node OR held.until < clock_timestamp() RETURNING node
        """
}
