// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import OutgoingHTTP
import OutgoingHTTPSupport
import ShareLinks
import Testing

@testable import Webhooks

/// What is connected to is what was checked: a name that changes its address between the two leads nowhere.
@Suite struct AttemptTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private func attempt(_ url: String, inside: Bool, _ resolve: @escaping NameResolver) throws -> Attempt {
        let endpoint = Endpoint(
            webhook: try #require(Webhook(url: url, host: "x", events: ["*"])),
            url: try EndpointURL(url, allowsPlain: true),
            secret: try WebhookSecret(fileContents: Array("whsec_\(String(repeating: "YWJj", count: 8))".utf8)),
            allowsPrivateAddresses: inside
        )
        let connections = EndpointConnections(
            url: endpoint.url,
            allowsPrivateAddresses: inside,
            most: Courier.most,
            resolve: resolve
        )
        return Attempt(endpoint: endpoint, connections: connections)
    }

    private func send(_ attempt: Attempt) async -> Attempt.Outcome {
        await attempt.send(EndpointTests.message(), at: Self.now)
    }

    @Test func theNameIsLookedUpHereAndOnce() async throws {
        let receiver = try await Receiver()
        let names = Names([["127.0.0.1"]])
        // Nobody else knows this name, so the client can't have looked it up.
        let attempt = try attempt("http://receiver.invalid:\(receiver.port)/hooks", inside: true, names.resolve)
        for _ in 0..<3 { #expect(await send(attempt) == .delivered) }
        #expect(names.count == 1)
        let head = try #require(receiver.requests.first)
        #expect(head.headers.first(name: "host") == "receiver.invalid:\(receiver.port)" && head.uri == "/hooks")
        #expect(head.headers.first(name: "webhook-timestamp") == "1800000000")
        #expect(Set(receiver.requests.map { $0.headers.first(name: "webhook-id") }) == ["msg_1"])
        await attempt.connections.close()
        try await receiver.close()
    }

    @Test(arguments: [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]])
    func aNameThatLeadsInsideIsNotConnectedTo(addresses: [String]) async throws {
        let receiver = try await Receiver()
        let attempt = try attempt("http://receiver.invalid:\(receiver.port)/", inside: false, Names([addresses]).resolve)
        #expect(await send(attempt) == .failed(.privateAddress))
        #expect(receiver.requests.isEmpty)
        await attempt.connections.close()
        try await receiver.close()
    }

    @Test func aLiteralAddressInsideIsNotConnectedTo() async throws {
        let receiver = try await Receiver()
        for host in ["127.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"] {
            let attempt = try attempt("http://\(host):\(receiver.port)/", inside: false, systemResolver)
            #expect(await send(attempt) == .failed(.privateAddress), "\(host)")
            await attempt.connections.close()
        }
        #expect(receiver.requests.isEmpty)
        try await receiver.close()
    }

    @Test func anUnknownNameIsToldAsSuch() async throws {
        let attempt = try attempt("http://receiver.invalid/", inside: true, Names([[]]).resolve)
        #expect(await send(attempt) == .failed(.nameUnknown))
        await attempt.connections.close()
    }

    @Test func afterAFailureTheNameIsLookedUpAgainAndTheNextAddressTried() async throws {
        let receiver = try await Receiver(host: "127.0.0.2")
        let names = Names([["127.0.0.1"], ["127.0.0.1", "127.0.0.2"]])
        let attempt = try attempt("http://receiver.invalid:\(receiver.port)/", inside: true, names.resolve)
        #expect(await send(attempt) == .failed(.refused))
        #expect(await send(attempt) == .delivered)
        #expect(names.count == 2 && receiver.requests.count == 1)
        await attempt.connections.close()
        try await receiver.close()
    }

    @Test func whoIsCancelledDoesNotWaitForTheNameServer() async throws {
        let gate = DispatchGate()
        let attempt = try attempt("http://receiver.invalid", inside: true) { _, _ in gate.block() }
        let outcome = await withTaskGroup(of: Attempt.Outcome.self) { group in
            group.addTask { await attempt.send(EndpointTests.message(), at: Self.now) }
            await gate.blocked()
            group.cancelAll()
            return await group.next()
        }
        #expect(outcome == .cutOff)
        gate.open()
        await attempt.connections.close()
    }
}
