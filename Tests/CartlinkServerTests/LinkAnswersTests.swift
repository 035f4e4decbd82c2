// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import ShareLinks
import Testing

@testable import CartlinkServer

/// Answers that are held: how often they are worked out, and that none outlives what it was made of.
struct LinkAnswersTests {
    private let shop: TestShop
    private let store: HeldStore
    private let answers: LinkAnswers
    private let link: Link
    private let token: Token

    init() async throws {
        shop = try await TestShop()
        store = HeldStore(shop.store)
        let revisions = Revisions()
        store.changes.listen { revisions.note($0) }
        let projections = shop.server.projections
        answers = LinkAnswers(
            sharing: Sharing(store: store, keys: shop.sharing.keys, rules: shop.sharing.rules),
            projections: projections,
            pages: shop.server.settings.pages,
            cache: AnswerCache(limit: 1 << 20, revisions: revisions) { projections.version }
        )
        try await shop.push(SampleCarts.cartlink(personal: "x"))
        let issued = try await shop.issue()
        link = issued.link
        token = try #require(Token(issued.token))
    }

    /// The text that strangers get, or the reason why not.
    private func text(_ form: AnswerName.Form = .view, at now: Timestamp? = nil) async throws -> String {
        do {
            let answer = try await answers.answer(form, to: token, wishes: ContentWishes(), at: now ?? shop.clock.now)
            return String(buffer: try #require(answer.body))
        } catch let refusal as ShareError {
            return "\(refusal)"
        }
    }

    private func revoke() async throws {
        try await shop.sharing.revoke(link.id, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
    }

    @Test func sixHundredAtOnceCostOneLookUp() async throws {
        store.hold()
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<600 { group.addTask { try await text() } }
            await store.held(1)
            // All the others are there, too, before the one comes back.
            try await Task.sleep(for: .milliseconds(50))
            store.release()
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts.count == 1 && texts.first?.contains("Kettle") == true)
        #expect(store.reads == 1)
    }

    @Test func aSlowLookUpDoesNotBringARevokedLinkBack() async throws {
        store.hold()
        async let slow = text()
        await store.held(1)
        // The look-up has read the link; now it is revoked, and only then the look-up goes on.
        try await revoke()
        store.release()
        // Who asked before the revocation may still see it.
        #expect(try await slow.contains("Kettle"))
        // Who asks afterwards may not, neither in front of the router nor behind.
        let name = AnswerName(link: token.id, form: .view)
        #expect(answers.cache.answer(name, to: token, at: shop.clock.now) == nil)
        #expect(try await text() == "linkGone")
    }

    /// Who comes after the revocation doesn't get what another one's look-up found before it.
    @Test func whoWaitsForALookUpThatBeganTooEarlyLooksAgain() async throws {
        store.hold()
        async let slow = text()
        await store.held(1)
        try await revoke()
        async let later = text()
        try await Task.sleep(for: .milliseconds(20))
        store.release()
        _ = try await slow
        #expect(try await later == "linkGone")
    }

    @Test func aLookUpThatFailsIsNobodyElses() async throws {
        let broken = LinkAnswers(
            sharing: Sharing(store: BrokenStore(), keys: shop.sharing.keys, rules: shop.sharing.rules),
            projections: shop.server.projections,
            pages: shop.server.settings.pages,
            cache: answers.cache
        )
        for _ in 0..<3 {
            await #expect(throws: ShareError.self) {
                try await broken.answer(.view, to: token, wishes: ContentWishes(), at: shop.clock.now)
            }
        }
        #expect(try await text().contains("Kettle"))
    }

    @Test func aSecondLookCostsNothing() async throws {
        for form in [AnswerName.Form.view, .page(locale: nil), .page(locale: "es")] {
            let first = try await text(form)
            let reads = store.reads
            #expect(try await text(form) == first && store.reads == reads, "\(form)")
        }
    }

    @Test func languagesAreApart() async throws {
        let (english, spanish) = (try await text(.page(locale: "en")), try await text(.page(locale: "es")))
        #expect(english.contains(#"lang="en""#) && spanish.contains(#"lang="es""#))
    }

    @Test func whatIsGoneIsHeldUntilItsCartChanges() async throws {
        let pause = LinkChange(paused: true)
        _ = try await shop.sharing.change(link.id, pause, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        #expect(try await text() == "linkGone")
        let reads = store.reads
        #expect(try await text() == "linkGone" && store.reads == reads)
        let resume = LinkChange(paused: false)
        _ = try await shop.sharing.change(link.id, resume, by: .person(People.owner), onBehalfOf: nil, at: shop.clock.now)
        #expect(try await text().contains("Kettle"))
    }

    @Test func aTokenThatNoKeyMadeIsHeldNowhere() async throws {
        let forged = try #require(
            ["1", "2"].map { token.text.dropLast() + $0 }.filter { $0 != token.text }.lazy.compactMap { Token($0) }.first
        )
        await #expect(throws: ShareError.tokenNotGenuine) {
            try await answers.answer(.view, to: forged, wishes: ContentWishes(), at: shop.clock.now)
        }
        #expect(store.reads == 0 && answers.cache.fill.answers == 0)
    }

    @Test func aLinkEndsInItsSecond() async throws {
        #expect(try await text().contains("Kettle"))
        let last = Timestamp(milliseconds: link.expiresAt.milliseconds - 1)
        #expect(try await text(at: last).contains("Kettle"))
        #expect(try await text(at: link.expiresAt) == "linkGone")
    }

    @Test func otherPoliciesMakeOtherAnswers() async throws {
        let reads = { [store] in store.reads }
        _ = try await text()
        let before = reads()
        shop.server.projections.replace(policies: [:])
        _ = try await text()
        #expect(reads() == before + 1)
    }

    @Test func answersTakeNoMoreThanTheirRoom() async throws {
        let regions = (0..<26).flatMap { one in (0..<26).map { other in (one, other) } }
        for (one, other) in regions {
            let region = String(decoding: [UInt8(65 + one), UInt8(65 + other)], as: UTF8.self)
            _ = try await text(.page(locale: "en-\(region)"))
        }
        #expect(answers.cache.fill.bytes <= 1 << 20 && answers.cache.fill.answers > 10)
    }
}
