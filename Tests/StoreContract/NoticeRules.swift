// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let notices =
        scenarios.map { action, kinds, change in
            StoreRule("\(action.rawValue) is told in the same transaction") { shop in
                #expect(!Set(kinds).isDisjoint(with: action.tells))
                try await shop.push(owner: TestShop.carla)
                let link = try await shop.issue(.handOver(to: TestShop.dora), by: TestShop.carla)
                _ = try await shop.accept(link, as: TestShop.dora)
                let expected = try await shop.change(with: link, change)
                try await shop.tellAllRevoked()
                let told = try await shop.deliverAll()
                #expect(told.map(\.kind) == kinds)
                #expect(try await shop.audit().contains { $0.entry.action == action })
                if let expected { #expect(told.map(\.body) == expected) }
            }
        } + [
            StoreRule("every action that tells something has a rule") { _ in
                #expect(Set(scenarios.map(\.0)) == Set(AuditEntry.Action.allCases.filter { !$0.tells.isEmpty }))
            },
            StoreRule("actions that are nobody's business outside tell nothing") { shop in
                try await shop.push(owner: TestShop.carla)
                let link = try await shop.issue(.unit(.full), by: TestShop.carla)
                try await shop.deliverAll()
                _ = try await shop.change(link, LinkChange(label: .some(LinkLabel("one"))), by: TestShop.carla)
                _ = try await shop.change(link, LinkChange(paused: true), by: TestShop.carla)
                _ = try await shop.change(link, LinkChange(paused: false), by: TestShop.carla)
                try await shop.enter(TestShop.dora)
                let grant = try await shop.grant(.readOnly, to: TestShop.dora)
                try await shop.comment("nice", by: TestShop.dora)
                try await shop.setAccess(of: grant, to: .full)
                try await shop.withdraw(grant)
                try await shop.remove(TestShop.dora)
                #expect(try await shop.due().isEmpty)
            },
            StoreRule("what changes nothing is no news, and what is refused isn't told") { shop in
                try await shop.push(document: "{}")
                let link = try await shop.issue()
                try await shop.revoke(link)
                try await shop.deliverAll()
                try await shop.push(document: "{}")
                try await shop.revoke(link)
                _ = try await shop.sharing.setState(of: CartID("cart-1")!, to: .open, by: TestShop.storefront, at: TestShop.start)
                await #expect(throws: ShareError.ownerDiffers) { try await shop.push(owner: TestShop.ben, document: "[]") }
                await #expect(throws: ShareError.linkNotFound) { try await shop.revoke(link, by: TestShop.ben) }
                _ = try await shop.store.write(.ordinary) { store throws(ShareError) in
                    try store.record(
                        AuditEntry(at: TestShop.start, actor: "x", action: .linkRevoked),
                        telling: [.revoked(link, at: TestShop.start)]
                    )
                }
                await #expect(throws: ShareError.limitReached) {
                    try await shop.store.write(.ordinary) { store throws(ShareError) in
                        try store.record(
                            AuditEntry(at: TestShop.start, actor: "x", action: .linkRevoked),
                            telling: [.revoked(link, at: TestShop.start + 1)]
                        )
                        throw .limitReached
                    }
                }
                #expect(try await shop.due().map(\.message.createdAt) == [TestShop.start])
            },
            StoreRule("holding a link's grant already is no news") { shop in
                try await shop.push(owner: TestShop.carla)
                let link = try await shop.issue(.unit(.full), by: TestShop.carla)
                _ = try await shop.accept(link, as: TestShop.dora)
                try await shop.deliverAll()
                _ = try await shop.accept(link, as: TestShop.dora)
                #expect(try await shop.due().isEmpty)
            },
            StoreRule("a webhook hears only what it wants") { shop in
                try await shop.push()
                let link = try await shop.issue()
                try await shop.revoke(link)
                #expect(try await shop.deliverAll(to: TestShop.guardian).map(\.kind) == [.linkRevoked])
                #expect(Set(try await shop.deliverAll().map(\.kind)) == [.cartChanged, .linkCreated, .linkRevoked])
            },
            StoreRule("the owner of a guest's cart, and the cart that is deleted, are told") { shop in
                try await shop.push(owner: nil, document: "{}")
                let given = try await shop.push(owner: TestShop.anna, document: "{}")
                try await shop.sharing.deleteCart(given.id, by: TestShop.storefront, at: TestShop.start)
                let again = try await shop.push(owner: nil)
                let data = { (cart: Cart, rest: String) in
                    #"{"cartId":"cart-1","version":\#(cart.version),"state":"open"\#(rest)}}"#
                }
                // What the first push changed is told no more: the cart is gone.
                let told = try await shop.deliverAll().map { $0.body.drop { $0 != "{" }.dropFirst().drop { $0 != "{" } }
                let expected = [
                    data(given, #","ownerId":"user:anna""#), data(given, #","deleted":true"#), data(again, ""),
                ]
                #expect(told.map(String.init) == expected)
            },
        ]

    private typealias Change = @Sendable (TestShop, Link) async throws -> [String]?
    private static let at = "2026-09-21T14:13:20Z"

    /// Each change of carla's cart, which dora may take over through the link, and what is told of it in order.
    private static let scenarios: [(AuditEntry.Action, [Notice.Kind], Change)] = [
        (
            .cartPushed, [.cartChanged],
            { shop, _ in
                let cart = try await shop.push(owner: TestShop.carla, document: "[1]")
                return [
                    #"{"type":"cart.changed","timestamp":"\#(at)","data":{"cartId":"cart-1","version":\#(cart.version),"state":"open"}}"#
                ]
            }
        ),
        (
            .cartTransferred, [.cartOwnerChanged, .cartChanged],
            { shop, _ in
                let cart = try await shop.push(owner: nil, document: "[1]", transfers: true)
                let data = #""data":{"cartId":"cart-1","version":\#(cart.version),"state":"open"}}"#
                return ["cart.owner-changed", "cart.changed"].map { #"{"type":"\#($0)","timestamp":"\#(at)",\#(data)"# }
            }
        ),
        (
            .cartShared, [.linkCreated, .cartOwnerChanged, .linkCreated],
            { shop, _ in
                let (shop, _) = shop.withPlatform()
                try await shop.share(onBehalfOf: nil)
                try await shop.share()
                return nil
            }
        ),
        (
            .cartStateChanged, [.cartChanged],
            { shop, _ in
                let cart = try await shop.sharing.setState(of: CartID("cart-1")!, to: .locked, by: TestShop.storefront, at: TestShop.start)
                return [
                    #"{"type":"cart.changed","timestamp":"\#(at)","data":{"cartId":"cart-1","version":\#(cart.version),"state":"locked"}}"#
                ]
            }
        ),
        (
            .cartDeleted, [.cartChanged],
            { shop, _ in
                try await shop.sharing.deleteCart(CartID("cart-1")!, by: TestShop.storefront, at: TestShop.start)
                return nil
            }
        ),
        (
            .cartEdited, [.cartChanged],
            { shop, _ in
                _ = try await shop.sharing.edit(CartID("cart-1")!, by: .person(TestShop.carla), at: TestShop.start) { _ in
                    EditedDocument(document: [0x31], unconfirmed: [])
                }
                return nil
            }
        ),
        (
            .cartTakenOver, [.linkRevoked, .cartOwnerChanged, .cartChanged],
            { shop, link in
                try await shop.takeOver(link, as: TestShop.dora)
                return nil
            }
        ),
        (
            .linkIssued, [.linkCreated],
            { shop, _ in
                let link = try await shop.issue(.unit(.full), by: TestShop.carla)
                return [
                    """
                    {"type":"link.created","timestamp":"\(at)","data":{"linkId":"\(link.id)","cartId":"cart-1","audience":"internal",\
                    "access":"full","within":"business-unit","expiresAt":"\(link.expiresAt)"}}
                    """
                ]
            }
        ),
        (
            .grantAccepted, [.linkCreated, .linkAccepted],
            { shop, _ in
                let link = try await shop.issue(.internal(.person, person: TestShop.eva.subject, access: .full), by: TestShop.carla)
                _ = try await shop.accept(link, as: TestShop.eva)
                return nil
            }
        ),
        (
            .linkRevoked, [.linkRevoked],
            { shop, link in
                try await shop.revoke(link, by: TestShop.carla)
                return [
                    """
                    {"type":"link.revoked","timestamp":"\(at)","data":{"linkId":"\(link.id)","cartId":"cart-1","audience":"internal",\
                    "access":"full","within":"person"}}
                    """
                ]
            }
        ),
        (
            .linksRevoked, [.linkRevoked],
            { shop, _ in
                _ = try await shop.administration.revokeAll(
                    .all,
                    expected: 1,
                    isDryRun: false,
                    by: TestShop.admin,
                    reason: "x",
                    at: TestShop.start
                )
                return nil
            }
        ),
        (
            .keyRetired, [.linkRevoked],
            { shop, _ in
                let (signing, old) = (shop.sharing.keys.ring.signing, TestShop.key(1, state: .verifying))
                let keys = LiveKeys(TestShop.ring([TestShop.key(1, state: .signing)]))
                let elsewhere = TestShop(store: shop.store, keys: keys)
                _ = try await shop.store.admit(TestShop.ring([signing, old]), at: TestShop.start)
                _ = try await elsewhere.issue(by: TestShop.carla)
                try await shop.deliverAll()
                _ = try await shop.administration.retireKey(in: old.slot, expected: 1, by: TestShop.admin, reason: nil, at: TestShop.start)
                return nil
            }
        ),
    ]
}

extension TestShop {
    /// Makes a change after everything before it was told.
    fileprivate func change(with link: Link, _ change: @Sendable (TestShop, Link) async throws -> [String]?) async throws -> [String]? {
        try await deliverAll()
        return try await change(self, link)
    }

    fileprivate func tellAllRevoked() async throws(ShareError) {
        while try await tellRevoked(limit: 2) != nil {}
    }
}
