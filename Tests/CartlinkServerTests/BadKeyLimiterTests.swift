// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import ShareLinks
import Synchronization
import Testing

@testable import CartlinkServer

/// What would wait for ever if it were wrong ends with the time limit.
@Suite(.timeLimit(.minutes(1)))
struct BadKeyLimiterTests {
    static let now = SettableClock.start
    private let pause = HeldPause()
    private let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

    private func limiter(proxies: Set<String> = []) -> BadKeyLimiter {
        BadKeyLimiter(addresses: ClientAddresses(trustedProxies: proxies)) { try await pause.wait($0) }
    }

    private func refusal(_ limiter: BadKeyLimiter, from address: String = "203.0.113.7", at now: Timestamp = now) async -> Problem {
        let peer = try! SocketAddress(ipAddress: address, port: 50_000)
        return await limiter.refusal(Request(headers: [:]), from: peer, at: now, logger: quiet)
    }

    static let delays: [(number: Int, seconds: Int?)] = [
        (1, nil), (5, nil), (6, 1), (7, 2), (8, 4), (9, 8), (10, 8), (100, 8), (.max, 8),
    ]

    @Test(arguments: delays)
    func fiveTriesAreFreeAndThenTheDelayDoublesToEightSeconds(number: Int, seconds: Int?) {
        #expect(BadKeyLimiter.delay(ofTry: number) == seconds.map { .seconds($0) })
    }

    @Test func theSixthWrongKeyOfAnAddressWaits() async {
        let limiter = limiter()
        for _ in 0..<5 { #expect(await refusal(limiter) == .keyInvalid) }
        #expect(pause.asked == [])
        async let sixth = refusal(limiter)
        await pause.reached(1)
        // Another address isn't slowed meanwhile.
        #expect(await refusal(limiter, from: "203.0.113.8") == .keyInvalid)
        #expect(pause.asked == [.seconds(1)])
        pause.end()
        #expect(await sixth == .keyInvalid)
    }

    /// When a sixth wrong key comes, counted from the first five, which came 30 seconds into their minute.
    static let moments: [(seconds: Int64, isSlow: Bool)] = [(0, true), (29, true), (31, true), (60, true), (89, true), (90, false)]

    @Test(arguments: moments)
    func triesAreRememberedForAMinuteAtLeast(seconds: Int64, isSlow: Bool) async {
        let limiter = limiter()
        let start = Timestamp(seconds: 1_800_000_030)
        for _ in 0..<5 { _ = await refusal(limiter, at: start) }
        pause.end()
        #expect(await refusal(limiter, at: start.adding(seconds: seconds)) == .keyInvalid)
        #expect(pause.asked == (isSlow ? [.seconds(1)] : []))
    }

    @Test func beyondThePlacesItIsTooManyAtOnce() async {
        let limiter = limiter()
        for _ in 0..<5 { _ = await refusal(limiter) }
        await withTaskGroup(of: Problem.self) { group in
            for _ in 0..<BadKeyLimiter.mostWaiting { group.addTask { await refusal(limiter) } }
            await pause.reached(BadKeyLimiter.mostWaiting)
            let beyond = await refusal(limiter)
            #expect(beyond.code == .tooManyRequests)
            #expect(beyond.headers[.retryAfter] == "8")
            #expect(pause.asked.max() == .seconds(8))
            pause.end()
            for await waited in group { #expect(waited == .keyInvalid) }
        }
        // Their places are free again.
        #expect(await refusal(limiter) == .keyInvalid)
    }

    @Test func whoGoesAwayLeavesThePlace() async {
        let limiter = limiter()
        for _ in 0..<5 { _ = await refusal(limiter) }
        let waiting = (0..<BadKeyLimiter.mostWaiting).map { _ in Task { await refusal(limiter) } }
        await pause.reached(BadKeyLimiter.mostWaiting)
        for task in waiting { task.cancel() }
        for task in waiting { #expect(await task.value == .keyInvalid) }
        async let next = refusal(limiter)
        await pause.reached(BadKeyLimiter.mostWaiting + 1)
        pause.end()
        #expect(await next == .keyInvalid)
    }

    @Test func aRightKeyIsNeverSlowed() async throws {
        let shop = try await TestShop()
        var authenticator = try TestShop.authenticator()
        authenticator.badKeys = limiter()
        let context = ServerContext(source: .init(channel: EmbeddedChannel(), logger: quiet))
        let wrong = Request(headers: .bearer(String(repeating: "k", count: 40)))
        for _ in 0..<5 {
            await #expect(throws: Problem.keyInvalid) {
                try await authenticator.administrator(of: wrong, on: context, at: shop.clock.now)
            }
        }
        let guesser = authenticator
        async let guess = problem(of: { try await guesser.administrator(of: wrong, on: context, at: Self.now) })
        await pause.reached(1)
        let right = Request(headers: .bearer(Services.admin.key))
        #expect(try await authenticator.administrator(of: right, on: context, at: shop.clock.now).name == "anna")
        // A genuine key without the scope is told at once, and isn't counted as a guess.
        await #expect(throws: Problem.scopeMissing(.admin)) {
            try await authenticator.administrator(
                of: Request(headers: .bearer(Services.storefront.key)),
                on: context,
                at: shop.clock.now
            )
        }
        pause.end()
        #expect(await guess == .keyInvalid)
        #expect(pause.asked == [.seconds(1)])
    }
}

/// A pause that lasts until the test ends it.
private final class HeldPause: Sendable {
    private struct State {
        var asked: [Duration] = []
        var isOver = false
    }

    private let state = Mutex(State())

    var asked: [Duration] { state.withLock(\.asked) }

    func wait(_ duration: Duration) async throws {
        state.withLock { $0.asked.append(duration) }
        while !state.withLock(\.isOver) {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    func end() { state.withLock { $0.isOver = true } }

    /// Waits until so many have begun to wait, and says so where they don't.
    func reached(_ count: Int) async {
        let deadline = ContinuousClock.now + .seconds(10)
        while asked.count < count {
            guard ContinuousClock.now < deadline else {
                Issue.record("\(asked.count) wait, not \(count)")
                return end()
            }
            await Task.yield()
        }
    }
}
