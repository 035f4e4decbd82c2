// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
package import ShareLinks
import Synchronization
import Testing

/// A random history of use cases, run on a store and on the model: both must answer the same and hold the same.
package struct History: Sendable {
    private let shop: TestShop
    private let model: TestShop
    private let modelStore = ModelStore()

    package init(on store: any LinkStore) {
        let rules = SharingRules(linksPerCart: 3)
        let shop = { (store: any LinkStore) in
            TestShop(
                store: store,
                rules: rules,
                newLinkID: Self.countedLinkIDs(),
                newGrantID: Self.countedIDs(),
                newCommentID: Self.countedIDs()
            )
        }
        (self.shop, model) = (shop(store), shop(modelStore))
    }

    /// Runs `steps` steps that `seed` names, and compares everything after each tenth of them.
    package func run(seed: UInt64, steps: Int) async throws {
        var random = SeededGenerator(seed: seed)
        var now = TestShop.start
        for step in 1...steps {
            now = now + Int64.random(in: 0...40, using: &random)
            let random = HistoryStep(using: &random)
            let done = await random.outcome(on: shop, at: now)
            let expected = await random.outcome(on: model, at: now)
            try #require(done == expected, "step \(step) of seed \(seed): \(random)")
            if step.isMultiple(of: 10) { try await compare(at: now, "step \(step) of seed \(seed)") }
        }
    }

    private func compare(at now: Timestamp, _ place: Testing.Comment) async throws {
        let look = { @Sendable (view: any StoreView) throws(ShareError) in try view.everything(at: now) }
        let held = try await shop.store.read(look)
        let expected = try await model.store.read(look)
        for (one, other) in zip(held, expected) { try #require(one == other, place) }
        #expect(held.count == expected.count)
        let rows = try await shop.audit()
        try #require(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil, place)
    }

    /// Ids without chance, and in an order that isn't that of issue.
    private static func countedLinkIDs() -> @Sendable () -> LinkID {
        let last = Atomic<UInt64>(0)
        return {
            let number = last.add(1, ordering: .relaxed).newValue
            return LinkID(high: number &* 0x9E37_79B9_7F4A_7C15, low: number)
        }
    }

    private static func countedIDs<Named>() -> @Sendable () -> Identifier<Named> {
        let last = Atomic<UInt64>(0)
        return { Identifier<Named>("id-\(last.add(1, ordering: .relaxed).newValue)")! }
    }
}

extension StoreView {
    /// What every look-up answers, as texts to compare.
    fileprivate func everything(at now: Timestamp) throws(ShareError) -> [String] {
        var texts: [String] = []
        for number in 0..<HistoryStep.cartCount {
            let cart = try cart(HistoryStep.cartID(number))
            texts.append("\(String(describing: cart))")
            guard let cart else { continue }
            texts += try links(of: cart.id, in: cart.incarnation).map { link throws(ShareError) in
                "\(link.text) \(String(describing: try snapshot(of: link.id)))"
            }
            texts.append("\(try liveLinks(of: cart.id, in: cart.incarnation, at: now))")
        }
        for person in HistoryStep.people { texts.append("\(try carts(of: person, before: nil, limit: 99))") }
        for selector in HistoryStep.selectors(at: now) {
            texts.append("\(selector) \(try unrevokedLinks(named: selector)) \(try unrevokedLinks(named: selector, limit: 3))")
        }
        for query in HistoryStep.queries {
            texts.append("\(query)")
            let found = try links(matching: query, at: now, after: nil, limit: 999).links
            texts += found.map(\.text)
            // Also those of carts that are gone.
            texts += try found.map { link throws(ShareError) in "\(try snapshot(of: link.id) != nil)" }
        }
        texts += try everythingOfPeople(at: now)
        texts += try everythingOfTheOutbox(at: now)
        texts.append("\(try audit(matching: AuditQuery(), after: 0, limit: .max))")
        return texts
    }
}

extension Link {
    /// Everything of the link, the pauses in a fixed order.
    var text: String {
        var link = self
        link.pauses = []
        return "\(link) \(pauses.map(\.rawValue).sorted())"
    }
}
