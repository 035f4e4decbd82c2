// SPDX-License-Identifier: Apache-2.0

import NIOCore
import OutgoingHTTP
import OutgoingHTTPSupport
import ShareLinks
import Testing

@testable import CartSources

/// A platform's name leads where it was checked to lead, or nowhere.
@Suite struct UpstreamAddressTests {
    @Test(arguments: [["127.0.0.1"], ["169.254.169.254"], ["93.184.216.34", "10.0.0.1"], ["::ffff:127.0.0.1"]])
    func aPrivateAddressIsNotConnectedTo(addresses: [String]) async throws {
        let platform = try Platform(await ScriptedHost(.answers(200)), inside: false, resolve: Names([addresses]).resolve)
        #expect(await platform.read() == .unavailable("private address"))
        #expect(await platform.write() == .unavailable("private address"))
        #expect(platform.host.connections == 0)
        try await platform.close()
    }

    @Test func theAddressThatWasCheckedIsUsedThoughTheNameLeadsElsewhereLater() async throws {
        let names = Names([["127.0.0.1"], ["127.0.0.2"]])
        let platform = try Platform(await ScriptedHost(.answers(200)), resolve: names.resolve)
        for _ in 0..<3 { #expect(await platform.read() == .success(200)) }
        #expect(names.count == 1 && platform.host.requests.count == 3)
        try await platform.close()
    }

    @Test func afterAnAddressThatNobodyIsAtTheNextOneIsTried() async throws {
        let names = Names([["127.0.0.3"], ["127.0.0.1"]])
        let platform = try Platform(await ScriptedHost(.answers(200)), resolve: names.resolve)
        #expect(await platform.read() == .success(200), "the next address is tried within one call")
        #expect(names.count == 2)
        try await platform.close()
    }

    @Test func anUnknownNameIsToldAsSuch() async throws {
        let names = Names([[]])
        let platform = try Platform(await ScriptedHost(.answers(200)), resolve: names.resolve)
        #expect(await platform.write() == .unavailable("name unknown"))
        #expect(names.count == 3, "nothing was sent, so a write is tried again, too")
        try await platform.close()
    }

    @Test func aNameServerThatHangsIsNotWaitedForAndNothingWasSent() async throws {
        let gate = DispatchGate()
        let platform = try Platform(await ScriptedHost(.answers(200)), limits: .within(200)) { _, _ in gate.block() }
        #expect(await platform.write() == .unavailable("no answer in 200 ms"))
        gate.open()
        try await platform.close()
    }
}
