// SPDX-License-Identifier: Apache-2.0

import NIOCore
import OutgoingHTTPSupport
import ShareLinks
import Testing

@testable import CartSources

/// What is safe is asked again, what isn't is never sent twice.
@Suite struct UpstreamRetryTests {
    @Test(arguments: [500, 502, 503, 429])
    func aReadIsAskedAgain(status: Int) async throws {
        let platform = try Platform(await ScriptedHost(.answers(status), .answers(status), .answers(200)))
        #expect(await platform.read() == .success(200))
        #expect(platform.host.requests.count == 3)
        try await platform.close()
    }

    @Test func aReadIsAskedAgainTwiceAtMost() async throws {
        let platform = try Platform(await ScriptedHost(.answers(503)))
        #expect(await platform.read() == .unavailable("answered 503"))
        #expect(platform.host.requests.count == 3)
        try await platform.close()
    }

    @Test func aReadWhoseConnectionClosesIsAskedAgain() async throws {
        let platform = try Platform(await ScriptedHost(.closes, .answers(200)))
        #expect(await platform.read() == .success(200))
        try await platform.close()
    }

    @Test(
        arguments: [
            (.closes, .unknown("connection closed")), (.answers(500), .unknown("answered 500")),
            (.answers(503), .unknown("answered 503")), (.answers(500, headers: [("retry-after", "0")]), .unknown("answered 500")),
            (.answers(429), .unavailable("answered 429")), (.isSilent, .unknown("no answer in 1500 ms")),
            (.answers(200, headers: [("content-encoding", "br")]), .unknown("body encoded")),
        ] as [(ScriptedHost.Reply, Result<Int, SourceError>)]
    )
    func aWriteThatMayHaveBeenDoneIsNotRepeated(reply: ScriptedHost.Reply, outcome: Result<Int, SourceError>) async throws {
        let platform = try Platform(await ScriptedHost(reply), limits: reply.isSilent ? .within(1500) : .quick)
        #expect(await platform.write() == outcome)
        #expect(platform.host.requests.count == 1)
        try await platform.close()
    }

    @Test(arguments: [429, 503])
    func aWriteThatIsToComeLaterIsSentAgain(status: Int) async throws {
        let platform = try Platform(await ScriptedHost(.answers(status, headers: [("retry-after", "1")]), .answers(201)))
        let begun = ContinuousClock.now
        #expect(await platform.write() == .success(201))
        #expect(.now - begun >= .seconds(1) && platform.host.requests.count == 2)
        try await platform.close()
    }

    @Test(arguments: ["6", "60", "99999999999999999", "Fri, 15 Jan 2027 08:01:00 GMT"])
    func aWaitThatDoesNotFitEndsTheCallAtOnce(retryAfter: String) async throws {
        let platform = try Platform(await ScriptedHost(.answers(503, headers: [("retry-after", retryAfter)])))
        let begun = ContinuousClock.now
        #expect(await platform.read() == .unavailable("answered 503"))
        // Nobody else asks it meanwhile.
        #expect(await platform.write() == .unavailable("asked to wait"))
        #expect(.now - begun < .seconds(4) && platform.host.requests.count == 1)
        try await platform.close()
    }

    @Test func aWriteThatNobodyTookIsSentAgainAndThenKnownNotToBeDone() async throws {
        let host = try await ScriptedHost(.answers(200))
        let names = Names([["127.0.0.1"]])
        let platform = try Platform(host, resolve: names.resolve)
        try await host.close()
        #expect(await platform.write() == .unavailable("connection refused"))
        #expect(names.count == 3)
        await platform.upstream.close()
    }

    @Test func aWriteForWhichNoSecureConnectionIsAgreedOnWasNotSent() async throws {
        // It speaks plain HTTP.
        let platform = try Platform(await ScriptedHost(.answers(200)), scheme: "https")
        #expect(await platform.write() == .unavailable("no secure connection"))
        #expect(platform.host.requests.isEmpty && platform.host.connections == 3)
        try await platform.close()
    }

    @Test func aWriteThatIsCancelledUnderWayIsNotKnown() async throws {
        let (heard, tell) = AsyncStream.makeStream(of: Void.self)
        let platform = try Platform(
            await ScriptedHost { _, _ in
                tell.yield()
                return .isSilent
            }
        )
        let outcome = await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            group.addTask { await platform.write() }
            for await _ in heard { break }
            group.cancelAll()
            return await group.next()
        }
        #expect(outcome == .unknown("cancelled"))
        try await platform.close()
    }

    @Test func pausesGrowAndSpread() {
        let limits = UpstreamLimits()
        #expect(limits.pause(before: 1, chance: 0) == .milliseconds(50) && limits.pause(before: 1, chance: 1) == .milliseconds(100))
        #expect(limits.pause(before: 2, chance: 0) == .milliseconds(100) && limits.pause(before: 2, chance: 1) == .milliseconds(200))
    }

    @Test func noMoreConnectionsAreOpenThanAllowedAndWaitingIsBounded() async throws {
        var limits = UpstreamLimits.quick
        (limits.connections, limits.waiting) = (4, 6)
        let platform = try Platform(await ScriptedHost { _, _ in .waits(.milliseconds(100)) }, limits: limits)
        let outcomes = await withTaskGroup(of: Result<Int, SourceError>.self) { group in
            for _ in 0..<20 { group.addTask { await platform.read() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(platform.host.connections <= 4)
        #expect(outcomes.count { $0 == .success(200) } == 10 && outcomes.count { $0 == .unavailable("too many calls") } == 10)
        try await platform.close()
    }
}

extension ScriptedHost.Reply {
    fileprivate var isSilent: Bool { if case .isSilent = self { true } else { false } }
}
