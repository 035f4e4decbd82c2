// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import NIOCore
import ShareLinks
import Testing

@testable import CartlinkServer

/// Answers that a node holds while other nodes change the store.
@Suite(.timeLimit(.minutes(5)))
struct CheckedAnswersTests {
    private let shop: TestShop
    private let store: HeldStore
    private let check = HeldCheck()
    private let node: TestShop
    private let link: Link
    private let token: Token

    init() async throws {
        shop = try await TestShop()
        store = HeldStore(shop.store, check: check)
        node = shop.with(store)
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let issued = try await shop.issue()
        link = issued.link
        token = try #require(Token(issued.token))
    }

    /// What strangers get of this node, or the reason why not.
    private func text(_ form: AnswerName.Form = .view) async throws -> String {
        do {
            let answer = try await node.server.answers.answer(form, to: token, wishes: ContentWishes(), at: shop.clock.now)
            return String(buffer: try #require(answer.body))
        } catch let refusal as ShareError {
            return "\(refusal)"
        }
    }

    /// Another node revokes the link; this one hears of it by the next check.
    private func revokeElsewhere() async throws {
        try await shop.sharing.revoke(link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
    }

    private func endCheck() {
        store.changes.publish([.cart(link.cart)])
        check.end()
    }

    @Test func whoLooksUpNeedsNoCheck() async throws {
        #expect(try await text().contains("Kettle"))
        #expect(store.reads == 1 && check.calls == 0)
    }

    @Test func aHeldAnswerIsShownAfterACheckAndCostsNoLookUp() async throws {
        let first = try await text()
        async let second = text()
        await check.called(1)
        check.end()
        #expect(try await second == first)
        #expect(store.reads == 1 && check.calls == 1)
    }

    @Test func whatAnotherNodeRevokedIsNotShownFromMemory() async throws {
        for form in [AnswerName.Form.view, .page(locale: nil)] { #expect(try await text(form).contains("Kettle")) }
        try await revokeElsewhere()
        async let view = text()
        async let page = text(.page(locale: nil))
        await check.called(2)
        endCheck()
        #expect(try await view == "linkGone")
        #expect(try await page == "linkGone")
    }

    @Test func whatAnotherNodeMadeAnewIsShown() async throws {
        let pause = LinkChange(paused: true)
        _ = try await shop.sharing.change(link.id, pause, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        #expect(try await text() == "linkGone")
        let resume = LinkChange(paused: false)
        _ = try await shop.sharing.change(link.id, resume, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        async let later = text()
        await check.called(1)
        endCheck()
        #expect(try await later.contains("Kettle"))
    }

    /// Another one's look-up began, and read, before the revocation; who comes afterwards doesn't get what it finds.
    @Test(arguments: [true, false])
    func whoWaitsForALookUpThatMissedAnotherNodesRevocationLooksAgain(checkEndsFirst: Bool) async throws {
        store.hold()
        async let slow = text()
        await store.held(1)
        try await revokeElsewhere()
        async let later = text()
        await check.called(1)
        if checkEndsFirst {
            endCheck()
            // Time to join those who wait.
            try await Task.sleep(for: .milliseconds(20))
        }
        store.release()
        #expect(try await slow.contains("Kettle"), "who asked before the revocation may still see it")
        if !checkEndsFirst { endCheck() }
        #expect(try await later == "linkGone")
    }

    @Test func withoutACheckNothingHeldIsShown() async throws {
        _ = try await text()
        async let second = text()
        await check.called(1)
        check.end(HeldCheck.failure)
        #expect(try await second.hasPrefix("storeUnavailable"))
    }

    @Test(arguments: ["/v1/shared/", "/s/"])
    func aCheckThatFailsIsToldAsUnavailable(path: String) async throws {
        let node = shop.with(HeldStore(shop.store, check: BrokenCheck()))
        // The first one looks it up, and needs no check.
        #expect(try await node.send(.get, path + token.text).text.contains("Kettle"))
        let answer = try await node.send(.get, path + token.text)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] == "2")
        #expect(!answer.text.contains("Kettle") && !answer.text.contains("CAUSE"))
    }
}
