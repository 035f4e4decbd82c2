// SPDX-License-Identifier: Apache-2.0

import NIOCore
import OutgoingHTTPSupport
import PrometheusMetrics
import ShareLinks
import Testing

@testable import CartSources

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func opened() throws -> CircuitBreaker {
        var breaker = CircuitBreaker(threshold: 5, rest: .seconds(10))
        for _ in 0..<5 { try fail(&breaker) }
        return breaker
    }

    private func fail(_ breaker: inout CircuitBreaker) throws {
        let given = try pass(&breaker, at: start)
        breaker.giveBack(given, isFailure: true, at: start)
    }

    private func pass(_ breaker: inout CircuitBreaker, at now: ContinuousClock.Instant) throws -> CircuitBreaker.Pass {
        let pass = breaker.admit(at: now)
        return try #require(pass)
    }

    @Test func fiveFailuresInARowOpenIt() throws {
        var breaker = CircuitBreaker(threshold: 5, rest: .seconds(10))
        for _ in 0..<4 { try fail(&breaker) }
        let given = try pass(&breaker, at: start)
        breaker.giveBack(given, isFailure: false, at: start)
        for _ in 0..<4 { try fail(&breaker) }
        let given2 = try pass(&breaker, at: start)
        breaker.giveBack(given2, isFailure: nil, at: start)
        #expect(breaker.level(at: start) == 0)
        try fail(&breaker)
        #expect(breaker.level(at: start) == 2 && breaker.refuses(at: start))
    }

    @Test(arguments: [(false, 0), (true, 2)])
    func afterTenSecondsOneRequestDecides(isFailure: Bool, level: Int) throws {
        var breaker = try opened()
        #expect(breaker.refuses(at: start + .milliseconds(9_999)))
        let now = start + .seconds(10)
        let probe = try pass(&breaker, at: now)
        #expect(breaker.level(at: now) == 1 && breaker.refuses(at: now))
        breaker.giveBack(probe, isFailure: isFailure, at: now)
        #expect(breaker.level(at: now) == level)
        #expect(breaker.refuses(at: now + .milliseconds(9_999)) == isFailure)
    }

    @Test func aProbeThatIsCancelledFreesItsPlace() throws {
        var breaker = try opened()
        let now = start + .seconds(10)
        let given = try pass(&breaker, at: now)
        breaker.giveBack(given, isFailure: nil, at: now)
        #expect(breaker.level(at: now) == 1 && !breaker.refuses(at: now))
    }

    @Test func whatWasSentBeforeItOpenedSaysNothingLater() throws {
        var breaker = CircuitBreaker(threshold: 5, rest: .seconds(10))
        let old = try pass(&breaker, at: start)
        for _ in 0..<5 { try fail(&breaker) }
        breaker.giveBack(old, isFailure: false, at: start)
        #expect(breaker.level(at: start) == 2)
        let now = start + .seconds(10)
        _ = breaker.admit(at: now)
        breaker.giveBack(old, isFailure: true, at: now)
        #expect(breaker.level(at: now) == 1)
    }

    @Test func answersThatCanNotBeUsedOpenItToo() throws {
        var breaker = CircuitBreaker(threshold: 5, rest: .seconds(10))
        for count in 1...5 {
            let given = try pass(&breaker, at: start)
            breaker.giveBack(given, isFailure: false, at: start)
            breaker.noteUnusable(at: start)
            #expect(breaker.level(at: start) == (count < 5 ? 0 : 2))
        }
        let now = start + .seconds(10)
        let given2 = try pass(&breaker, at: now)
        breaker.giveBack(given2, isFailure: false, at: now)
        breaker.noteUnusable(at: now)
        #expect(breaker.level(at: now) == 2, "the probe's answer was no better")
    }

    @Test func aPlatformThatFailsIsLeftAloneAndComesBack() async throws {
        var limits = UpstreamLimits.quick
        limits.rest = .seconds(1)
        let platform = try Platform(
            await ScriptedHost { _, count in count < 5 ? .answers(500) : .waits(.milliseconds(100)) },
            limits: limits
        )
        #expect(await platform.read() == .unavailable("answered 500"))
        #expect(await platform.read() == .unavailable("answered 500"), "its last retry isn't sent")
        #expect(platform.host.requests.count == 5)
        #expect(await platform.write() == .unavailable("circuit open"))
        #expect(platform.host.requests.count == 5)
        try await Task.sleep(for: .milliseconds(1_050))
        let outcomes = await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            for _ in 0..<5 { group.addTask { await platform.read() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .success(200) } == 1 && outcomes.count { $0 == .unavailable("circuit open") } == 4)
        #expect(await platform.read() == .success(200))
        try await platform.close()
    }

    @Test func metricsTellOfTheHostAndOfFixedWords() async throws {
        var limits = UpstreamLimits.quick
        limits.failures = 2
        let platform = try Platform(await ScriptedHost(.answers(200), .answers(301), .answers(500)), limits: limits)
        #expect(platform.metrics.render().contains(#"cartlink_source_circuit{host="platform.invalid"} 0"#))
        for _ in 0..<4 { _ = await platform.read() }
        let lines = platform.metrics.render().split(separator: "\n").map(String.init)
        #expect(lines.contains(#"cartlink_source_circuit{host="platform.invalid"} 2"#))
        for (outcome, count) in [("answered", 1), ("redirected", 1), ("server-error", 2), ("held", 1), ("no-answer", 0)] {
            let series = #"cartlink_source_requests_total{host="platform.invalid",outcome="\#(outcome)"} \#(count)"#
            #expect(lines.contains(series), "\(series) in \(lines)")
        }
        try await platform.close()
    }

    @Test func aBodyThatDripsCountsAsAFailure() async throws {
        var limits = UpstreamLimits.within(300)
        limits.failures = 2
        let platform = try Platform(await ScriptedHost(.drips(every: .milliseconds(20))), limits: limits)
        for _ in 0..<2 { #expect(await platform.read() == .unavailable("no answer in 300 ms")) }
        #expect(await platform.read() == .unavailable("circuit open"))
        try await platform.close()
    }

    @Test func aSourceMaySayThatAnswersCanNotBeUsed() async throws {
        let platform = try Platform(await ScriptedHost(.answers(200, body: "<html>")))
        for _ in 0..<5 {
            #expect(await platform.read() == .success(200))
            platform.upstream.noteUnusable()
        }
        #expect(await platform.read() == .unavailable("circuit open"))
        try await platform.close()
    }

    @Test func manyCallersThatAreThrottledDoNotOpenIt() async throws {
        let platform = try Platform(await ScriptedHost(.answers(429)))
        for _ in 0..<3 { #expect(await platform.read() == .unavailable("answered 429")) }
        #expect(platform.host.requests.count == 9)
        try await platform.close()
    }
}
