// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let takeOvers = [
        StoreRule("who accepted the link becomes the owner, once, and the former owner keeps full access") { shop in
            let before = try await shop.push(owner: TestShop.carla, name: "Kitchen", document: #"{"note":"ring twice"}"#)
            let (link, others) = try await shop.issueAround(before)
            await #expect(throws: ShareError.notAcceptedYet) { try await shop.takeOver(link, as: TestShop.dora) }
            _ = try await shop.accept(link, as: TestShop.dora)
            let evas = try #require(try await shop.storedGrant(of: TestShop.eva))
            let comment = try #require(try await shop.sharing.comments(on: before.id, for: .person(TestShop.carla)).first)
            let taken = try await shop.takeOver(link, as: TestShop.dora, at: TestShop.start + 8)
            #expect(taken.owner == TestShop.dora && taken.document == TestShop.takenDocument && taken.updatedAt == TestShop.start + 8)
            #expect(taken.version > before.version && taken.incarnation != before.incarnation)
            let (stored, standing) = try await shop.sharing.cart(before.id, for: .person(TestShop.dora), at: TestShop.start)
            #expect(stored.text == taken.text)
            #expect(standing == .owner)
            #expect(try await shop.standing(of: TestShop.carla) == .fullGrant)
            #expect(try await shop.storedGrants().map(\.holder) == [TestShop.carla.subject])
            #expect(try await shop.standing(of: TestShop.eva) == nil)
            // Not hidden alone: what was said to the former owner is gone from the store.
            #expect(try await shop.grant(evas.id) == nil)
            #expect(try await shop.store.read { view throws(ShareError) in try view.comment(comment.id) } == nil)
            for other in others + [link] {
                #expect(try await shop.stored(other.id)?.revokedAt != nil)
                await #expect(throws: ShareError.linkGone) { try await shop.open(other, as: .person(TestShop.dora)) }
                await #expect(throws: ShareError.linkNotFound) { try await shop.revoke(other, by: TestShop.dora) }
            }
            for person in [TestShop.dora, TestShop.carla] {
                await #expect(throws: ShareError.linkGone) { try await shop.takeOver(link, as: person) }
            }
            let entry = try #require(try await shop.audit().last?.entry)
            #expect(entry.action == .cartTakenOver && entry.link == link.id && entry.cart == before.id)
            #expect(entry.before == "\(TestShop.carla.subject)" && entry.after == "\(TestShop.dora.subject)")
            // The shop's next push with the owner it knew.
            await #expect(throws: ShareError.ownerDiffers) { try await shop.push(owner: TestShop.carla) }
            #expect(try await shop.push(owner: TestShop.dora).incarnation == taken.incarnation)
        },
        StoreRule("of 50 who take over at once one becomes the owner") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.handOver(to: TestShop.dora), by: TestShop.carla)
            _ = try await shop.accept(link, as: TestShop.dora)
            let outcomes = await withTaskGroup(of: Result<CartVersion, ShareError>.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do throws(ShareError) {
                            return .success(try await shop.takeOver(link, as: TestShop.dora).version)
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { (try? $0.get()) != nil } == 1)
            #expect(outcomes.count { $0 == .failure(.linkGone) } == 49)
            #expect(try await shop.audit().count { $0.entry.action == .cartTakenOver } == 1)
            #expect(try await shop.storedGrants().map(\.holder) == [TestShop.carla.subject])
        },
        StoreRule("a guest's cart is taken over by the person whom the service named, and nobody keeps a grant") { shop in
            try await shop.push(owner: nil)
            let link = try await shop.issue(.handOver(to: TestShop.anna), by: nil)
            _ = try await shop.accept(link, as: TestShop.anna)
            #expect(try await shop.takeOver(link, as: TestShop.anna).owner == TestShop.anna)
            #expect(try await shop.storedGrants().isEmpty)
            #expect(try await shop.standing(of: TestShop.anna) == .owner)
        },
        StoreRule("someone whose login names a company and no company user owns the cart as the user he is") { shop in
            try await shop.push(owner: TestShop.carla)
            let gus = Person(userID: UserID("gus")!, companyID: CompanyID("acme")!, businessUnitID: BusinessUnitID("paint")!)
            let link = try await shop.issue(.handOver(to: gus), by: TestShop.carla)
            _ = try await shop.accept(link, as: gus)
            try await shop.takeOver(link, as: gus)
            #expect(try await shop.standing(of: gus) == .owner)
        },
    ]

    static let refusedTakeOvers =
        refusals.map { name, error, prepare in
            StoreRule("a take-over is refused \(name), and changes nothing") { shop in
                let cart = try await shop.push(owner: TestShop.carla)
                let (link, caller) = try await prepare(shop)
                let rows = try await shop.audit().count
                await #expect(throws: error) { try await shop.takeOver(link, by: caller) }
                #expect(try await shop.audit().count == rows)
                let after = try await shop.store.read { view throws(ShareError) in try view.cart(cart.id) }
                #expect(after?.owner == TestShop.carla && after?.incarnation == cart.incarnation && after?.document == cart.document)
                #expect(try await shop.stored(link.id)?.revokedAt == nil)
            }
        }

    private static let refusals: [(name: String, ShareError, @Sendable (TestShop) async throws -> (Link, Caller))] = [
        ("to a stranger", .loginRequired, { (try await $0.accepted(.handOver(to: TestShop.dora)), .stranger) }),
        ("to a service", .permissionDenied, { (try await $0.accepted(.handOver(to: TestShop.dora)), .service(TestShop.storefront)) }),
        ("to the owner", .cannotShareWithOneself, { (try await $0.accepted(.handOver(to: TestShop.dora)), .person(TestShop.carla)) }),
        ("to an outsider", .notAMember, { (try await $0.accepted(.handOver(to: TestShop.dora)), .person(TestShop.eva)) }),
        ("through a link that doesn't allow it", .takeOverRefused, { (try await $0.accepted(.unit(.full)), .person(TestShop.dora)) }),
        ("through a read-only link", .takeOverRefused, { (try await $0.accepted(.unit(.readOnly)), .person(TestShop.dora)) }),
        (
            "through a narrowed link", .takeOverRefused,
            { shop in
                let link = try await shop.accepted(.handOver(to: TestShop.dora))
                _ = try await shop.change(link, LinkChange(access: .readOnly), by: TestShop.carla)
                return (link, .person(TestShop.dora))
            }
        ),
        (
            "to a full grant that came another way", .notAcceptedYet,
            { shop in
                let link = try await shop.issue(.handOver(to: TestShop.dora), by: TestShop.carla)
                _ = try await shop.accepted(.unit(.full))
                return (link, .person(TestShop.dora))
            }
        ),
        (
            "to whoever was second", .notAcceptedYet,
            { shop in
                var order = LinkOrder.internal(.company, access: .full).acceptedBy(atMost: 1)
                order.allowsTakeOver = true
                let link = try await shop.accepted(order)
                await #expect(throws: ShareError.acceptLimitReached) { try await shop.accept(link, as: TestShop.eva) }
                return (link, .person(TestShop.eva))
            }
        ),
        (
            "to whom the owner lowered", .notAcceptedYet,
            { shop in
                let link = try await shop.accepted(.handOver(to: TestShop.dora))
                try await shop.setAccess(of: try #require(try await shop.storedGrant(of: TestShop.dora)), to: .readOnly)
                return (link, .person(TestShop.dora))
            }
        ),
        (
            "to whom the owner withdrew", .notAcceptedYet,
            { shop in
                let link = try await shop.accepted(.handOver(to: TestShop.dora))
                try await shop.withdraw(try #require(try await shop.storedGrant(of: TestShop.dora)))
                return (link, .person(TestShop.dora))
            }
        ),
        (
            "to who left the company", .notAMember,
            { shop in
                let link = try await shop.accepted(.handOver(to: TestShop.dora))
                try await shop.remove(TestShop.dora)
                return (link, .person(TestShop.dora))
            }
        ),
        (
            "while the cart is locked", .cartLocked,
            { shop in
                let link = try await shop.accepted(.handOver(to: TestShop.dora))
                _ = try await shop.sharing.setState(of: link.cart, to: .locked, by: TestShop.storefront, at: TestShop.start)
                return (link, .person(TestShop.dora))
            }
        ),
    ]
}

extension TestShop {
    /// A link of carla's that dora accepted.
    fileprivate func accepted(_ order: LinkOrder) async throws(ShareError) -> Link {
        let link = try await issue(order, by: TestShop.carla)
        _ = try await accept(link, as: TestShop.dora)
        return link
    }

    /// A link for dora to take over, beside other links, a third person's grants and a comment.
    fileprivate func issueAround(_ cart: Cart) async throws(ShareError) -> (Link, others: [Link]) {
        let link = try await issue(.handOver(to: TestShop.dora), by: TestShop.carla)
        let others = [try await issue(by: TestShop.carla), try await issue(.internal(.company, access: .full), by: TestShop.carla)]
        _ = try await accept(others[1], as: TestShop.eva)
        try await comment("for you", by: TestShop.eva)
        return (link, others)
    }
}

extension Cart {
    /// Everything of the cart, the unconfirmed lines in a fixed order.
    var text: String {
        var cart = self
        cart.unconfirmed = []
        return "\(cart) \(unconfirmed.sorted())"
    }
}
