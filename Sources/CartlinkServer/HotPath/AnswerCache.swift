// SPDX-License-Identifier: Apache-2.0

import Metrics
import ShareLinks
import Synchronization

/// What strangers get of links, held until something changes that it depends on.
///
/// An entry is dated by the revision at which its look-up began, and asked for that date whenever it is used. What is refused is held
/// too, but only for links that a key made: nobody fills the cache with made-up names.
final class AnswerCache: Sendable {
    struct Entry: Sendable {
        let token: Token
        let outcome: Result<HeldAnswer, ShareError>
        /// Where the cart's changes are noted; nil where there is no cart.
        let place: Revisions.Place?
        let revision: Revisions.Revision
        let policyVersion: Int
        let expiresAt: Timestamp
        /// Until when what a platform said may be shown, by a clock that nobody sets; nil for a cart that is kept here.
        let freshUntil: ContinuousClock.Instant?
    }

    /// Somebody works an answer out; others wait for it.
    struct Turn: Sendable {
        let name: AnswerName
        let revision: Revisions.Revision
        let policyVersion: Int
    }

    enum Entrance {
        case held(Result<HeldAnswer, ShareError>)
        /// It is the caller's to work it out, and to call ``leave(_:with:)`` whatever comes of it.
        case turn(Turn)
        case wait
    }

    typealias Waiter = CheckedContinuation<Entry?, Never>

    private struct Shard {
        var entries: RecentlyUsed<AnswerName, Entry>
        var waiters: [AnswerName: [Waiter]] = [:]

        /// Two may have looked beside each other: what was found later stays.
        mutating func hold(_ entry: Entry, for name: AnswerName) {
            guard entries.value(for: name).map({ $0.revision <= entry.revision }) ?? true else { return }
            entries.put(entry, bytes: entry.size, for: name)
        }
    }

    /// A box each: a lock can't be moved, so it can't stand in an array.
    private final class LockedShard: Sendable {
        let content: Mutex<Shard>
        init(limit: Int) { content = Mutex(Shard(entries: RecentlyUsed(limit: limit))) }
    }

    let revisions: Revisions
    private let policyVersion: @Sendable () -> Int
    private let shards: [LockedShard]
    private let bytes = Gauge(label: "cartlink.answers.held.bytes")
    private let answers = Gauge(label: "cartlink.answers.held")

    /// - Parameters:
    ///   - limit: bytes that all answers may take together.
    ///   - policyVersion: a number that changes with the policies in force.
    init(limit: Int, shards count: Int = 16, revisions: Revisions, policyVersion: @escaping @Sendable () -> Int) {
        self.revisions = revisions
        self.policyVersion = policyVersion
        shards = (0..<count).map { _ in LockedShard(limit: limit / count) }
    }

    /// The answer as it stands at `now`; nil where it has to be worked out.
    func answer(_ name: AnswerName, to token: Token, at now: Timestamp) -> Result<HeldAnswer, ShareError>? {
        guard let entry = shard(of: name).content.withLock({ $0.entries.value(for: name) }) else { return nil }
        return holds(entry, for: token, at: now) ? entry.outcome : nil
    }

    /// The answer, or a turn to work it out, or the news that somebody does.
    func enter(_ name: AnswerName, to token: Token, at now: Timestamp) -> Entrance {
        if let outcome = answer(name, to: token, at: now) { return .held(outcome) }
        let turn = turn(for: name)
        return shard(of: name).content.withLock { shard in
            guard shard.waiters[name] == nil else { return .wait }
            shard.waiters[name] = []
            return .turn(turn)
        }
    }

    /// A turn beside everyone else's, for who has waited in vain.
    func turn(for name: AnswerName) -> Turn {
        Turn(name: name, revision: revisions.now, policyVersion: policyVersion())
    }

    /// What somebody who works on it finds; nil where it changed meanwhile or nobody does any more.
    func wait(for name: AnswerName, to token: Token, at now: Timestamp) async -> Result<HeldAnswer, ShareError>? {
        let entry = await withCheckedContinuation { (waiter: Waiter) in
            let isGone = shard(of: name).content.withLock { shard in
                shard.waiters[name]?.append(waiter)
                return shard.waiters[name] == nil
            }
            if isGone { waiter.resume(returning: nil) }
        }
        guard let entry, holds(entry, for: token, at: now) else { return nil }
        return entry.outcome
    }

    /// Ends a turn: those who wait get what was found, and it is held.
    func leave(_ turn: Turn, with entry: Entry?) {
        let waiters = shard(of: turn.name).content.withLock { shard in
            if let entry { shard.hold(entry, for: turn.name) }
            return shard.waiters.removeValue(forKey: turn.name) ?? []
        }
        for waiter in waiters { waiter.resume(returning: entry) }
    }

    /// Counts what an answer takes by now: it grows with the forms that are asked for.
    func weigh(_ name: AnswerName) {
        shard(of: name).content.withLock { shard in
            if let entry = shard.entries.value(for: name) { shard.hold(entry, for: name) }
        }
    }

    /// Holds an entry that was made beside a turn.
    func put(_ entry: Entry, for name: AnswerName) {
        shard(of: name).content.withLock { $0.hold(entry, for: name) }
    }

    /// Bytes and answers that are held now.
    var fill: (bytes: Int, answers: Int) {
        shards.reduce((0, 0)) { sum, shard in
            shard.content.withLock { (sum.0 + $0.entries.bytes, sum.1 + $0.entries.count) }
        }
    }

    /// For the metrics.
    func tellFill() {
        let fill = fill
        bytes.record(fill.bytes)
        answers.record(fill.answers)
    }

    private func holds(_ entry: Entry, for token: Token, at now: Timestamp) -> Bool {
        // Both are genuine and of one link: with mode and slot all of the token is the same.
        entry.token.mode == token.mode && entry.token.slot == token.slot && now < entry.expiresAt && entry.policyVersion == policyVersion()
            && revisions.isCurrent(entry.revision, at: entry.place) && entry.freshUntil.map { .now < $0 } ?? true
    }

    /// A link's id is random.
    private func shard(of name: AnswerName) -> LockedShard {
        shards[Int(truncatingIfNeeded: name.link.low % UInt64(shards.count))]
    }
}

extension AnswerCache.Entry {
    /// With the place in the tables.
    fileprivate var size: Int {
        switch outcome {
        case .success(let answer): answer.size + 256
        case .failure: 256
        }
    }
}
