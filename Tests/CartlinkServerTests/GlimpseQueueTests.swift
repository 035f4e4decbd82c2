// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import CartlinkServer

struct GlimpseQueueTests {
    private static func answers(
        of queue: GlimpseQueue,
        to questions: [(cart: String, reader: Person)]
    ) async -> [Int: Result<CartGlimpse, ShareError>] {
        await withTaskGroup(of: (Int, Result<CartGlimpse, ShareError>).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask {
                    do throws(ShareError) {
                        return (index, .success(try await queue.glimpse(of: CartID(question.cart)!, for: .person(question.reader))))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    @Test func manyWhoAskAtOnceGetEachHisOwnAnswer() async throws {
        let shop = try await TestShop()
        var versions: [String: CartVersion] = [:]
        for id in ["a", "b", "c"] { versions[id] = try await shop.push(as: id).version }
        let questions = (0..<1000).map { (cart: ["a", "b", "c"][$0 % 3], reader: $0 % 7 == 0 ? People.customer : People.owner) }
        let answers = await Self.answers(of: GlimpseQueue(sharing: shop.sharing), to: questions)
        for (index, question) in questions.enumerated() {
            if question.reader == People.owner {
                #expect(try answers[index]?.get().version == versions[question.cart])
            } else {
                #expect(answers[index] == .failure(.cartNotFound))
            }
        }
    }

    @Test func anAnswerIsNotOlderThanItsQuestion() async throws {
        let shop = try await TestShop()
        let queue = GlimpseQueue(sharing: shop.sharing)
        try await shop.push(as: "a")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask { _ = try await queue.glimpse(of: CartID("a")!, for: .person(People.owner)) }
                let pushed = try await shop.push(as: "a").version
                group.addTask {
                    let told = try await queue.glimpse(of: CartID("a")!, for: .person(People.owner)).version
                    #expect(told >= pushed)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func whereTheStoreCannotBeReadNobodyIsAnswered() async throws {
        let shop = try await TestShop()
        let broken = Sharing(store: BrokenStore(), keys: shop.sharing.keys, rules: shop.sharing.rules)
        let answers = await Self.answers(of: GlimpseQueue(sharing: broken), to: (0..<50).map { _ in ("a", People.owner) })
        #expect(answers.count == 50)
        for answer in answers.values { #expect(throws: ShareError.self) { try answer.get() } }
    }
}
