// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization
import Testing

extension StoreRule {
    /// What becomes of a restored store that goes on.
    static let distrust = [
        StoreRule("links from before open nothing until an administrator resumes them; later and dead ones stay as they are") { shop in
            try await shop.push()
            let old = try await shop.issue()
            let paused = try await shop.issue()
            _ = try await shop.change(paused, LinkChange(paused: true))
            let revoked = try await shop.issue()
            try await shop.revoke(revoked)
            let expired = try await shop.issue(.external.lasting(seconds: 60))
            let later = try await shop.issue(at: TestShop.start + 100)
            let counts = try await shop.distrust(before: TestShop.start + 100, at: TestShop.start + 200)
            #expect(counts == Distrust.Counts(links: 2, grants: 0, companyUsers: 0))
            for link in [old, paused] {
                await #expect(throws: ShareError.linkGone) { try await shop.open(link, at: TestShop.start + 201) }
            }
            #expect(try await shop.stored(old.id)?.pauses == [.admin])
            #expect(try await shop.stored(paused.id)?.pauses == [.owner, .admin])
            for link in [revoked, expired] { #expect(try await shop.stored(link.id)?.pauses == []) }
            #expect(try await shop.open(later, at: TestShop.start + 201).link == later)
            // The owner can't lift it.
            _ = try await shop.change(old, LinkChange(paused: false), at: TestShop.start + 201)
            await #expect(throws: ShareError.linkGone) { try await shop.open(old, at: TestShop.start + 201) }
            try await shop.administration.setPaused(false, old.id, by: TestShop.admin, reason: nil, at: TestShop.start + 202)
            #expect(try await shop.open(old, at: TestShop.start + 202).link == old)
        },
        StoreRule("grants from before give nothing until the owner confirms them, and are listed meanwhile") { shop in
            try await shop.push(owner: TestShop.carla)
            let doras = try await shop.grant(.full, toKnown: TestShop.dora)
            let evas = try await shop.grant(.readOnly, toKnown: TestShop.eva)
            let gone = try await shop.grant(.readOnly, toKnown: TestShop.buyer("gus", companyUser: "cu-gus"))
            try await shop.withdraw(gone)
            let counts = try await shop.distrust(before: TestShop.start + 100, at: TestShop.start + 200)
            #expect(counts == Distrust.Counts(links: 0, grants: 2, companyUsers: 3))
            try await shop.enterAll()
            for person in [TestShop.dora, TestShop.eva] {
                #expect(try await shop.standing(of: person) == nil)
                #expect(try await shop.sharing.carts(of: person, before: nil, limit: 9).carts.isEmpty)
            }
            let listed = try await shop.sharing.grants(on: CartID("cart-1")!, by: .person(TestShop.carla), onBehalfOf: nil)
            #expect(listed.map(\.grant.suspendedAt) == [TestShop.start + 200, TestShop.start + 200])
            #expect(listed.map(\.access) == [.readOnly, .full])
            #expect(try await shop.grant(gone.id)?.suspendedAt == nil)
            try await shop.setAccess(of: doras, to: .full)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            #expect(try await shop.grant(.readOnly, to: TestShop.eva).id == evas.id)
            #expect(try await shop.standing(of: TestShop.eva) == .readOnlyGrant)
        },
        StoreRule("a suspended grant is withdrawn by the owner or left by its holder as any other") { shop in
            try await shop.push(owner: TestShop.carla)
            let doras = try await shop.grant(.full, toKnown: TestShop.dora)
            let evas = try await shop.grant(.full, toKnown: TestShop.eva)
            try await shop.distrust(before: TestShop.start + 1, at: TestShop.start + 2)
            try await shop.enterAll()
            try await shop.withdraw(doras)
            try await shop.withdraw(evas, by: TestShop.eva)
            #expect(try await shop.storedGrants().isEmpty)
            for person in [TestShop.dora, TestShop.eva] { #expect(try await shop.standing(of: person) == nil) }
        },
        StoreRule("a link that is trusted again gives a suspended holder what it gives, and nothing of what he had") { shop in
            try await shop.push(owner: TestShop.carla)
            let old = try await shop.issue(.unit(.readOnly).acceptedBy(atMost: 1), by: TestShop.carla)
            let grant = try #require(try await shop.accept(old, as: TestShop.dora).grant)
            try await shop.setAccess(of: grant, to: .full)
            try await shop.distrust(before: TestShop.start + 1, at: TestShop.start + 2)
            try await shop.enterAll()
            await #expect(throws: ShareError.linkGone) { try await shop.accept(old, as: TestShop.dora) }
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            try await shop.administration.setPaused(false, old.id, by: TestShop.admin, reason: nil, at: TestShop.start + 3)
            #expect(try await shop.standing(of: TestShop.dora) == nil)
            let accepted = try await shop.accept(old, as: TestShop.dora)
            #expect(accepted.isGain && accepted.grant?.id == grant.id)
            #expect(try await shop.standing(of: TestShop.dora) == .readOnlyGrant)
            #expect(try await shop.storedGrant(of: TestShop.dora)?.full == nil)
        },
        StoreRule("whom the shop entered is nobody in his company until the shop says so again; who is known from logins judges nobody") {
            shop in
            try await shop.enter(TestShop.carla)
            try await shop.sharing.recognise(TestShop.dora, at: TestShop.start)
            try await shop.enter(TestShop.fred, isActive: false)
            try await shop.push(owner: TestShop.carla)
            try await shop.push("cart-dora", owner: TestShop.dora)
            #expect(try await shop.distrust(before: TestShop.start, at: TestShop.start).companyUsers == 1)
            #expect(try await shop.companyUser(TestShop.carla)?.status == .inactive)
            #expect(try await shop.companyUser(TestShop.carla)?.person == TestShop.carla)
            #expect(try await shop.standing(of: TestShop.carla) == nil)
            #expect(try await shop.companyUser(TestShop.dora)?.status == .active)
            #expect(try await shop.standing(of: TestShop.dora, on: "cart-dora") == .owner)
            try await shop.enter(TestShop.carla)
            #expect(try await shop.standing(of: TestShop.carla) == .owner)
            #expect(try await shop.companyUser(TestShop.fred)?.status == .inactive)
        },
        StoreRule("it goes through a store portion by portion, tells each in the audit, and done again holds nothing more") { shop in
            try await shop.push()
            for _ in 0..<7 { try await shop.issue() }
            for number in 0..<5 { try await shop.enter(TestShop.buyer("user-\(number)", companyUser: "cu-\(number)")) }
            let rows = try await shop.audit().count
            let expected = Distrust.Counts(links: 7, grants: 0, companyUsers: 5)
            #expect(try await shop.distrust(before: TestShop.start + 1, at: TestShop.start + 2, isDryRun: true, portion: 3) == expected)
            #expect(try await shop.audit().count == rows)
            #expect(try await shop.distrust(before: TestShop.start + 1, at: TestShop.start + 2, portion: 3) == expected)
            let told = try await shop.audit().dropFirst(rows).map(\.entry)
            #expect(told.allSatisfy { $0.action == .storeDistrusted && $0.actor == "admin:ops" })
            #expect(
                told.map { $0.after ?? "" } == [
                    "3 links paused, 0 grants and 3 company users suspended", "3 links paused, 0 grants and 2 company users suspended",
                    "1 links paused, 0 grants and 0 company users suspended", "epoch 1790000009999",
                ]
            )
            #expect(try await shop.distrust(before: TestShop.start + 1, at: TestShop.start + 3).links == 0)
            #expect(try await shop.audit().last?.entry.after == "epoch 1790000010000")
            #expect(StoreRule.auditChain.firstBroken(in: try await shop.audit(), after: (0, .start)) == nil)
        },
        StoreRule("versions go on behind those of the lost part of the history") { shop in
            let before = try await shop.push().version
            try await shop.distrust(before: TestShop.start, at: TestShop.start)
            #expect(try await shop.push("cart-2").version.number > before.number + 1_000_000)
        },
        StoreRule("only who takes links down may do it, and it tells of everything") { shop in
            try await shop.push()
            try await shop.issue()
            await #expect(throws: ShareError.scopeMissing(.admin)) {
                try await shop.administration.distrust(
                    before: TestShop.start + 1,
                    epoch: 1,
                    isDryRun: false,
                    by: TestShop.storefront,
                    at: TestShop.start + 2
                )
            }
            let heard = Told()
            shop.store.changes.listen(heard.hear)
            try await shop.distrust(before: TestShop.start + 1, at: TestShop.start + 2)
            #expect(heard.tellsAll)
        },
    ]
}

extension TestShop {
    @discardableResult
    fileprivate func distrust(
        before time: Timestamp,
        at now: Timestamp,
        isDryRun: Bool = false,
        portion: Int = 100
    ) async throws(ShareError) -> Distrust.Counts {
        try await administration.distrust(
            before: time,
            epoch: 1_790_000_009_999,
            isDryRun: isDryRun,
            by: Self.admin,
            portion: portion,
            at: now
        )
    }

    /// The shop pushes its directory.
    fileprivate func enterAll() async throws(ShareError) {
        for person in [Self.carla, Self.dora, Self.eva] { try await enter(person) }
    }
}

/// What a store's feed told.
private final class Told: Sendable {
    private let changes = Mutex<Set<StoreChange>>([])

    func hear(_ more: Set<StoreChange>) { changes.withLock { $0.formUnion(more) } }
    var tellsAll: Bool { changes.withLock { $0.contains(.everything) } }
}
