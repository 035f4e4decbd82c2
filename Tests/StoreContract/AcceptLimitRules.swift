// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let acceptLimits = [
        StoreRule("of 100 people who accept at once exactly as many get in as the link has places") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.full).acceptedBy(atMost: 7), by: TestShop.carla)
            let outcomes = await shop.accept(link, as: (0..<100).map { TestShop.buyer("user-\($0)", companyUser: "cu-\($0)") })
            #expect(outcomes.count { $0 == .success(true) } == 7)
            #expect(outcomes.count { $0 == .failure(.acceptLimitReached) } == 93)
            #expect(try await shop.stored(link.id)?.accepts == 7)
            #expect(try await shop.storedGrants().count == 7)
            #expect(try await shop.audit().count { $0.entry.action == .grantAccepted } == 7)
        },
        StoreRule("one person who accepts 100 times at once takes one place") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.full).acceptedBy(atMost: 2), by: TestShop.carla)
            let outcomes = await shop.accept(link, as: Array(repeating: TestShop.dora, count: 100))
            #expect(outcomes.count { $0 == .success(true) } == 1)
            #expect(outcomes.count { $0 == .success(false) } == 99)
            #expect(try await shop.stored(link.id)?.accepts == 1)
            #expect(try await shop.storedGrants().count == 1)
        },
        StoreRule("who left comes back through the same link into his own place") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.readOnly).acceptedBy(atMost: 1), by: TestShop.carla)
            let first = try #require(try await shop.accept(link, as: TestShop.dora).grant)
            try await shop.withdraw(first, by: TestShop.dora)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            // The place stays his: nobody else gets it.
            await #expect(throws: ShareError.acceptLimitReached) {
                try await shop.accept(link, as: TestShop.buyer("gus", companyUser: "cu-gus"))
            }
            let back = try await shop.accept(link, as: TestShop.dora)
            #expect(back.isGain && back.grant?.id != first.id)
            #expect(try await shop.grant(first.id) == nil)
            #expect(try await shop.stored(link.id)?.accepts == 1)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            #expect(try await shop.audit().suffix(2).map(\.entry.action) == [.grantLeft, .grantAccepted])
        },
        StoreRule("a place that was refused is not counted, and a raise takes one") { shop in
            try await shop.push(owner: TestShop.carla)
            let read = try await shop.issue(.unit(.readOnly).acceptedBy(atMost: 1), by: TestShop.carla)
            let full = try await shop.issue(.unit(.full).acceptedBy(atMost: 1), by: TestShop.carla)
            _ = try await shop.accept(read, as: TestShop.dora)
            let gus = TestShop.buyer("gus", companyUser: "cu-gus")
            await #expect(throws: ShareError.acceptLimitReached) { try await shop.accept(read, as: gus) }
            #expect(try await shop.storedGrant(of: gus) == nil)
            _ = try await shop.accept(full, as: TestShop.dora)
            await #expect(throws: ShareError.acceptLimitReached) { try await shop.accept(full, as: gus) }
            #expect(try await shop.stored(read.id)?.accepts == 1)
            #expect(try await shop.stored(full.id)?.accepts == 1)
        },
        StoreRule("a cart has room for a thousand people") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.readOnly), by: TestShop.carla)
            try await shop.store.write(.ordinary) { store throws(ShareError) in
                for number in 0..<999 {
                    try store.put(.plain("g-\(number)", on: cart, holder: TestShop.buyer("u", companyUser: "cu-\(number)")))
                }
            }
            try await shop.enter(TestShop.eva)
            let dora = try #require(try await shop.accept(link, as: TestShop.dora).grant)
            await #expect(throws: ShareError.limitReached) { try await shop.accept(link, as: TestShop.buyer("gus", companyUser: "cu-gus")) }
            await #expect(throws: ShareError.limitReached) { try await shop.grant(.full, to: TestShop.eva) }
            #expect(try await shop.stored(link.id)?.accepts == 1)
            try await shop.withdraw(dora)
            try await shop.grant(.full, to: TestShop.eva)
        },
    ]
}

extension TestShop {
    /// Lets all accept at once; answers for each whether he gained something, or why he was refused.
    fileprivate func accept(_ link: Link, as people: [Person]) async -> [Result<Bool, ShareError>] {
        await withTaskGroup(of: Result<Bool, ShareError>.self) { group in
            for person in people {
                group.addTask {
                    do throws(ShareError) { return .success(try await accept(link, as: person).isGain) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
