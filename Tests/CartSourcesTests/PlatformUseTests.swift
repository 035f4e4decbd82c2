// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("What sources do with their platform's answers") struct PlatformUseTests {
    private let id = PlatformCartID(OrderFormSample.id)!
    private let cart = UpstreamAnswer.json(OrderFormSample.cart([OrderFormSample.line("1", 1, unique: "A")]))

    private func source(_ calls: ScriptedCalls, _ shelves: CartShelves = emptyShelves()) -> VTEXCartSource {
        VTEXCartSource(settings: VTEXSettings(), calls: calls, shelves: shelves, turns: EditLine())
    }

    @Test func anAnswerThatIsNoJSONObjectCountsAgainstThePlatform() async {
        for (answer, count) in [(UpstreamAnswer.json("[]"), 1), (.html(status: 200), 1), (.html(status: 404), 0), (.json("{}"), 0)] {
            let calls = ScriptedCalls(answer)
            _ = await failure { () async throws(SourceError) in try await source(calls).cart(id, .shared, asOfNow: true) }
            #expect(calls.unusableAnswers == count)
        }
    }

    @Test func partsStandOnTheirOwnShelvesUntilTheCartIsEdited() async throws {
        let calls = ScriptedCalls([
            .success(cart), .success(cart), .success(cart), .failure(.outcomeUnknown(cause: "timed out")), .success(cart),
        ])
        let source = source(calls, shelves(freshFor: .seconds(600)))
        let begun = ContinuousClock.now
        for part in [CartPart.shared, .whole, .shared, .whole] { _ = try await source.cart(id, part, asOfNow: false) }
        #expect(calls.requests.count == 2)
        let kept = try await source.cart(id, .shared, asOfNow: false)
        #expect((begun + .seconds(600)...ContinuousClock.now + .seconds(600)).contains(kept.freshUntil))
        let error = await failure { () async throws(SourceError) in try await source.edit(id, .add(.sample("7"))) { _ in true } }
        #expect(error == .outcomeUnknown(cause: "timed out"))
        #expect(calls.requests.count == 4)
        for part in CartPart.allCases { _ = try await source.cart(id, part, asOfNow: false) }
        #expect(calls.requests.count == 6)
    }
}
