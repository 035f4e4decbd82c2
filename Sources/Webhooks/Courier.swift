// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import OutgoingHTTP
import ShareLinks
import Synchronization

/// Delivers the messages of one webhook: several at a time, those of one thread one after the other.
///
/// It sleeps until a message is queued, an attempt ends or the next one is due.
final class Courier: Sendable {
    private let endpoint: Endpoint
    private let store: any LinkStore
    private let connections: EndpointConnections
    private let log: CourierLog
    private let meters: WebhookMeters
    private let now: @Sendable () -> Timestamp
    private let chance: @Sendable () -> Double
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let underWay = Mutex(UnderWay())

    private struct UnderWay {
        /// Attempts that wait for their receiver.
        var sending = 0
        /// Messages whose outcome the store doesn't have yet, those being sent among them.
        var rows: Set<Int64> = []
        var threads: Set<String> = []
        /// Attempts whose outcome the store has, of which the next look at the store knows.
        var ended: [WaitingMessage] = []
        var alarm: (at: Timestamp, timer: Scheduled<Void>)?
    }

    /// Attempts at a time.
    static let most = 8
    /// Messages whose outcome isn't written yet: a commit under load takes longer than an attempt. As many may come twice after a crash.
    static let mostUnsettled = 64
    /// Links of a mass revocation that get their messages in one write.
    static let portion = 100
    /// Messages that wait, beyond which a mass revocation isn't told further.
    static let enough = 10_000

    init(
        _ endpoint: Endpoint,
        store: any LinkStore,
        resolve: @escaping NameResolver,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double
    ) {
        self.endpoint = endpoint
        self.store = store
        connections = EndpointConnections(
            url: endpoint.url,
            allowsPrivateAddresses: endpoint.allowsPrivateAddresses,
            most: Self.most,
            resolve: resolve
        )
        log = CourierLog(webhook: endpoint.webhook, logger: logger)
        meters = WebhookMeters(endpoint.webhook)
        self.now = now
        self.chance = chance
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { waker.yield() }

    /// Begins no attempt any more.
    func stop() { waker.finish() }

    /// Ends once it was stopped and its attempts have ended; cancelling cuts those off.
    func run() async {
        wake()
        await withDiscardingTaskGroup { group in
            for await _ in wakes { await look(&group) }
        }
        underWay.withLock { $0.alarm?.timer.cancel() }
        await connections.close()
    }

    private var webhook: WebhookID { endpoint.webhook.id }

    /// Begins what may be sent now, and sets the alarm for what comes next.
    private func look(_ group: inout DiscardingTaskGroup) async {
        do throws(ShareError) {
            while !Task.isCancelled {
                // Another node has it in hand, and may leave it to this one at any time.
                guard store.deliversWebhooks else { return setAlarm(at: now().adding(seconds: 1)) }
                // Before the store is read: what it says must not be older than what counts as ended.
                clearEnded()
                let (webhook, now) = (webhook, now())
                // Those under way are still due by the store's word, or what took their places is.
                let limit = Self.most + underWay.withLock { $0.rows.count }
                let look = try await store.read { view throws(ShareError) in try view.outbox(of: webhook, at: now, limit: limit) }
                meters.show(waiting: look.waiting)
                begin(look.due, in: &group)
                if let nextDue = look.nextDue { setAlarm(at: nextDue) }
                // Also while all places are taken: other messages could keep them taken for ever.
                guard look.hasMassRevocation, look.waiting < Self.enough else { return }
                try await tellRevoked()
            }
        } catch {
            log.storeFailed(error)
            setAlarm(at: now().adding(seconds: 1))
        }
    }

    private func begin(_ due: [WaitingMessage], in group: inout DiscardingTaskGroup) {
        for waiting in due {
            let isFree = underWay.withLock { state in
                guard state.sending < Self.most, state.rows.count < Self.mostUnsettled, !state.rows.contains(waiting.row) else {
                    return false
                }
                guard state.threads.insert(waiting.message.thread).inserted else { return false }
                state.rows.insert(waiting.row)
                state.sending += 1
                return true
            }
            if isFree { group.addTask { await self.deliver(waiting) } }
        }
    }

    private func deliver(_ waiting: WaitingMessage) async {
        let attempt = Attempt(endpoint: endpoint, connections: connections)
        let outcome = await attempt.send(waiting.message, at: now())
        underWay.withLock { $0.sending -= 1 }
        wake()
        if let settlement = settlement(of: outcome, for: waiting) {
            await settle(waiting, as: settlement)
            note(settlement, of: waiting)
        }
        underWay.withLock { $0.ended.append(waiting) }
        wake()
    }

    private func clearEnded() {
        underWay.withLock { state in
            for waiting in state.ended {
                state.rows.remove(waiting.row)
                state.threads.remove(waiting.message.thread)
            }
            state.ended = []
        }
    }

    /// Nil for an attempt that doesn't count.
    private func settlement(of outcome: Attempt.Outcome, for waiting: WaitingMessage) -> Settlement? {
        let now = now()
        switch outcome {
        case .cutOff: return nil
        case .delivered: return .delivered(at: now)
        case .failed(.gone, _): return .died(.gone, at: now)
        case .failed(let fault, let retryAfter):
            let failures = waiting.attempts + 1
            guard failures < BackOff.attempts else { return .died(fault, at: now) }
            let wait = BackOff.wait(after: failures, chance: chance(), retryAfter: retryAfter)
            return .failed(fault, at: now, dueAt: Timestamp(milliseconds: now.milliseconds + wait))
        }
    }

    /// Writes it down, and until that is done doesn't send the message again: a store that can't write must not become a flood.
    private func settle(_ waiting: WaitingMessage, as settlement: Settlement) async {
        while true {
            do throws(ShareError) {
                // It makes room, so a disk that is nearly full must not stop it.
                return try await store.write(.takingAway) { store throws(ShareError) in try store.settle(waiting, as: settlement) }
            } catch {
                log.storeFailed(error)
            }
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    private func note(_ settlement: Settlement, of waiting: WaitingMessage) {
        meters.count(settlement)
        switch settlement {
        case .delivered: log.delivered()
        case .failed(let fault, let now, _): log.failed(waiting, fault, isDead: false, at: now)
        case .died(let fault, let now): log.failed(waiting, fault, isDead: true, at: now)
        }
    }

    /// Makes the messages of the next links of a mass revocation.
    private func tellRevoked() async throws(ShareError) {
        let webhook = webhook
        // Read aside: a search through millions of links must not hold up who writes. What was revoked stays as it is.
        let next = try await store.read { view throws(ShareError) in try view.nextRevoked(for: webhook, limit: Self.portion) }
        guard let (revocation, page) = next else { return }
        try await store.write(.ordinary) { store throws(ShareError) in
            for link in page.links { try store.queue(Message(.revoked(link, at: revocation.at), to: webhook)) }
            try store.advanceRevocation(for: webhook, to: page.next)
        }
    }

    /// Wakes the courier at a moment, unless it is woken earlier.
    private func setAlarm(at moment: Timestamp) {
        let delay = max(1, moment.milliseconds - now().milliseconds)
        underWay.withLock { state in
            if let alarm = state.alarm {
                guard alarm.at > moment else { return }
                alarm.timer.cancel()
            }
            let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(delay)) { [self] in ring() }
            state.alarm = (moment, timer)
        }
    }

    /// An alarm that rang is no alarm any more, whatever the clock says then: it may have been set back.
    private func ring() {
        underWay.withLock { $0.alarm = nil }
        wake()
    }
}
