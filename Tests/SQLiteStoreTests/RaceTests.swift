// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import SeededRandomness
import ShareLinks
import StoreContract
import Testing

/// Accepting and taking over beside what takes away: whichever comes first, what was decided later holds.
@Suite struct RaceTests {
    @Test(arguments: Rival.all)
    func acceptingLeavesNoMoreThanTheRivalDoes(_ rival: Rival) async throws {
        let gains = try await race(rival.rounds, seed: 41, scene: { Scene($0, in: $1, isGranted: rival.isGrantedBefore, givesAway: false) })
        {
            shop,
            scene,
            pauses in
            async let accepted = pauses.first { () async throws(ShareError) in try await shop.accept(scene.link, as: scene.dora) }
            async let done = pauses.second { () async throws(ShareError) in try await rival.act(shop, scene) }
            let (acceptance, rivalry) = await (accepted, done)
            try rivalry.get()
            let standing = try await scene.checkGrants(in: shop)
            try #require(standing == nil || standing == rival.most, "\(scene.cart): \(String(describing: standing))")
            guard let gained = try? acceptance.get() else { return false }
            return gained.isGain && gained.access == .full
        }
        // Both orders came up, so that both were judged.
        #expect(0 < gains && gains < rival.rounds, "\(gains)")
    }

    @Test(arguments: Rival.ofTakeOvers)
    func takingOverAndItsRivalNeverBothWin(_ rival: Rival) async throws {
        let takeOvers = try await race(rival.rounds, seed: 42, scene: { Scene($0, in: $1, isGranted: true, givesAway: true) }) {
            shop,
            scene,
            pauses in
            async let taken = pauses.first { () async throws(ShareError) in try await shop.takeOver(scene.link, as: scene.dora).version }
            async let done = pauses.second { () async throws(ShareError) in try await rival.act(shop, scene) }
            let (outcome, rivalry) = await (taken, done)
            let isTaken = (try? outcome.get()) != nil
            // Who lost his cart has no say over its links and grants any more.
            let isDone = (try? rivalry.get()) != nil
            try #require(isTaken != isDone || rival.mayFollow, "\(scene.cart): \(outcome) \(rivalry)")
            let standing = try await scene.checkGrants(in: shop)
            if isTaken, !rival.mayFollow {
                try #require(standing == .owner)
                try #require(try await shop.standing(of: TestShop.carla, on: scene.cart) == .fullGrant)
            } else {
                try #require(standing == nil || standing == rival.most, "\(scene.cart): \(String(describing: standing))")
            }
            return isTaken
        }
        #expect(0 < takeOvers && takeOvers < rival.rounds, "\(takeOvers)")
    }

    /// Runs the rounds, some of them at once so that they share commits; answers how many were true.
    private func race(
        _ rounds: Int,
        seed: UInt64,
        scene: @Sendable (Int, TestShop) -> Scene,
        _ round: @escaping @Sendable (TestShop, Scene, Pauses) async throws -> Bool
    ) async throws -> Int {
        let shop = TestShop(store: try SQLiteStore.inMemory(auditChain: StoreRule.auditChain))
        let scenes = (0..<rounds).map { scene($0, shop) }
        try await shop.store.write(.ordinary) { store throws(ShareError) in
            for scene in scenes { try scene.put(in: store) }
        }
        var random = SeededGenerator(seed: seed)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            var count = 0
            for (number, scene) in scenes.enumerated() {
                let pauses = Pauses(using: &random)
                if number >= 32, try await group.next() == true { count += 1 }
                group.addTask { try await round(shop, scene, pauses) }
            }
            for try await isTrue in group where isTrue { count += 1 }
            return count
        }
    }
}

/// Small delays before two tasks, so that either may come first.
private struct Pauses: Sendable {
    private let yields: (Int, Int)

    init(using random: inout SeededGenerator) {
        let lead = Int.random(in: 0...6, using: &random)
        yields = Bool.random(using: &random) ? (lead, 0) : (0, lead)
    }

    func first<Answer>(_ body: () async throws(ShareError) -> Answer) async -> Result<Answer, ShareError> {
        await run(body, after: yields.0)
    }

    func second<Answer>(_ body: () async throws(ShareError) -> Answer) async -> Result<Answer, ShareError> {
        await run(body, after: yields.1)
    }

    private func run<Answer>(_ body: () async throws(ShareError) -> Answer, after yields: Int) async -> Result<Answer, ShareError> {
        for _ in 0..<yields { await Task.yield() }
        do throws(ShareError) { return .success(try await body()) } catch { return .failure(error) }
    }
}
