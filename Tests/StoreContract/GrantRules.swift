// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let grants = [
        StoreRule("a grant is read back field by field, by its id and by its holder") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            for (number, grant) in Grant.everyShape(on: cart).enumerated() {
                try await shop.put(grant)
                #expect(try await shop.grant(grant.id) == grant, "\(number)")
                let found = try await shop.store.read { view throws(ShareError) in
                    try view.grant(of: grant.holder, on: cart.id, in: cart.incarnation)
                }
                #expect(found == grant, "\(number)")
            }
            #expect(try await shop.grant(GrantID("unknown")!) == nil)
            let elsewhere = try await shop.store.read { view throws(ShareError) in
                [
                    try view.grant(of: TestShop.anna.subject, on: cart.id, in: cart.incarnation),
                    try view.grant(of: TestShop.dora.subject, on: CartID("cart-2")!, in: cart.incarnation),
                    try view.grant(of: TestShop.dora.subject, on: cart.id, in: Incarnation(cart.incarnation.number + 1)),
                ]
            }
            #expect(elsewhere == [nil, nil, nil])
        },
        StoreRule("a holder has one grant on a life of a cart: a new one takes the old one's place") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let first = Grant.plain("g-1", on: cart, holder: TestShop.dora)
            let second = Grant.plain("g-2", on: cart, holder: TestShop.eva)
            let again = Grant.plain("g-3", on: cart, holder: TestShop.dora)
            for grant in [first, second, again] { try await shop.put(grant) }
            #expect(try await shop.grant(first.id) == nil)
            #expect(try await shop.storedGrants().map(\.id) == [again.id, second.id])
            // A change of what is there keeps its place.
            var lowered = second
            (lowered.readOnly, lowered.full, lowered.decidedAt) = (nil, .owner(inside: nil), Serial(99))
            try await shop.put(lowered)
            #expect(try await shop.storedGrants() == [again, lowered])
        },
        StoreRule("a cart's grants are listed newest first, without those withdrawn") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let other = try await shop.push("cart-2", owner: TestShop.carla)
            for (number, person) in [TestShop.dora, TestShop.eva, TestShop.ben, TestShop.fred].enumerated() {
                try await shop.put(.plain("g-\(number)", on: cart, holder: person))
            }
            try await shop.put(.plain("g-other", on: other, holder: TestShop.dora))
            try await shop.put(.plain("g-1", on: cart, holder: TestShop.eva, withdrawnAt: TestShop.start))
            #expect(try await shop.storedGrants().map(\.id.text) == ["g-3", "g-2", "g-0"])
            #expect(try await shop.storedGrants(on: "cart-2").map(\.id.text) == ["g-other"])
        },
        StoreRule("the carts that a person holds come last changed first, below the version shown last") { shop in
            for number in 1...4 {
                try await shop.push("cart-\(number)", owner: TestShop.carla, name: "Cart \(number)")
                try await shop.grant(.readOnly, toKnown: TestShop.dora, on: "cart-\(number)")
            }
            try await shop.push("cart-1", owner: TestShop.carla, name: "Changed")
            let gone = try #require(try await shop.storedGrant(of: TestShop.dora, on: "cart-3"))
            try await shop.withdraw(gone)
            let held = { (before: CartVersion?, limit: Int) async throws(ShareError) in
                try await shop.store.read { view throws(ShareError) in
                    try view.carts(heldBy: TestShop.dora.subject, before: before, limit: limit)
                }
            }
            let first = try await held(nil, 2)
            #expect(first.map(\.summary.id.text) == ["cart-1", "cart-4"])
            #expect(first.map(\.summary.name) == ["Changed", "Cart 4"])
            #expect(
                first.map(\.grant) == (try await [shop.storedGrant(of: TestShop.dora), shop.storedGrant(of: TestShop.dora, on: "cart-4")])
            )
            #expect(try await held(first.last?.summary.version, 9).map(\.summary.id.text) == ["cart-2"])
            #expect(try await held(nil, 9).count == 3)
        },
        StoreRule("a grant on an earlier life of a cart is on nobody's list") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            try await shop.put(.plain("g-1", on: cart, holder: TestShop.dora))
            var reborn = cart
            reborn.incarnation = Incarnation(cart.incarnation.number + 100)
            let next = reborn
            try await shop.store.write(.ordinary) { store throws(ShareError) in try store.put(next) }
            let held = try await shop.store.read { view throws(ShareError) in
                try view.carts(heldBy: TestShop.dora.subject, before: nil, limit: 9).count
            }
            #expect(held == 0)
            #expect(try await shop.storedGrants().isEmpty)
        },
        StoreRule("withdrawing what a holder has leaves nothing of it, and no decision of an owner") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let other = try await shop.push("cart-2", owner: TestShop.carla)
            for (cart, id) in [(cart, "g-1"), (other, "g-2")] { try await shop.put(.plain(id, on: cart, holder: TestShop.dora)) }
            try await shop.put(.plain("g-3", on: cart, holder: TestShop.eva))
            let later = TestShop.start + 7
            let withdraw = { () async throws(ShareError) in
                try await shop.store.write(.takingAway) { store throws(ShareError) in
                    try store.withdrawGrants(heldBy: TestShop.dora.subject, at: later)
                }
            }
            #expect(try await withdraw() == 2)
            var expected = Grant.plain("g-1", on: cart, holder: TestShop.dora)
            (expected.readOnly, expected.withdrawnAt) = (nil, later)
            #expect(try await shop.grant(expected.id) == expected)
            #expect(try await shop.grant(GrantID("g-3")!)?.withdrawnAt == nil)
            #expect(try await withdraw() == 0)
        },
        StoreRule("a cart's end takes its grants and comments, and nobody else's") { shop in
            for ending in [true, false] {
                for id in ["cart-1", "cart-2"] {
                    let cart = try await shop.push(id, owner: TestShop.carla)
                    try await shop.put(.plain("g-\(id)", on: cart, holder: TestShop.dora))
                    try await shop.comment("well?", on: id, by: TestShop.carla)
                }
                try await shop.store.write(.ordinary) { store throws(ShareError) in
                    ending ? try store.endLife(of: CartID("cart-1")!) : try store.deleteCart(CartID("cart-1")!)
                }
                #expect(try await shop.grant(GrantID("g-cart-1")!) == nil)
                #expect(try await shop.grant(GrantID("g-cart-2")!) != nil)
                #expect(try await shop.standing(of: TestShop.carla) == (ending ? .owner : nil))
                #expect(
                    try await shop.sharing.comments(on: CartID("cart-2")!, for: .person(TestShop.carla)).map(\.text.text).last == "well?"
                )
                if ending { #expect(try await shop.sharing.comments(on: CartID("cart-1")!, for: .person(TestShop.carla)).isEmpty) }
            }
        },
    ]
}

extension TestShop {
    /// Gives access to someone whom the directory knows.
    @discardableResult
    func grant(
        _ access: Access,
        toKnown person: Person,
        on cart: String = "cart-1",
        by owner: Person = carla
    ) async throws(ShareError) -> Grant {
        try await enter(person)
        return try await grant(access, to: person, on: cart, by: owner)
    }

    func put(_ grant: Grant) async throws(ShareError) {
        try await store.write(.ordinary) { store throws(ShareError) in try store.put(grant) }
    }

    func grant(_ id: GrantID) async throws(ShareError) -> Grant? {
        try await store.read { view throws(ShareError) in try view.grant(id) }
    }
}

extension Grant {
    /// The grant with nothing left of it.
    func withdrawn(at now: Timestamp, decision: Serial?) -> Grant {
        var grant = self
        (grant.readOnly, grant.full, grant.withdrawnAt, grant.decidedAt) = (nil, nil, now, decision ?? decidedAt)
        return grant
    }

    /// One that rests on the owner's word.
    static func plain(_ id: String, on cart: Cart, holder: Person, withdrawnAt: Timestamp? = nil) -> Grant {
        Grant(
            id: GrantID(id)!,
            cart: cart.id,
            incarnation: cart.incarnation,
            holder: holder.subject,
            createdAt: TestShop.start,
            readOnly: withdrawnAt == nil ? .owner(inside: nil) : nil,
            withdrawnAt: withdrawnAt
        )
    }

    /// Each title, decision and end that a grant can have.
    fileprivate static func everyShape(on cart: Cart) -> [Grant] {
        let titles: [Title?] = [
            nil, .owner(inside: nil), .owner(inside: CompanyID("ä")), .owner(inside: CompanyID(String(repeating: "c", count: 16))),
            .link(LinkID(high: .max, low: 0)), .link(LinkID(high: 0, low: 1)),
        ]
        var grants: [Grant] = []
        for (number, title) in titles.enumerated() {
            for other in titles {
                var grant = plain("g-\(number)", on: cart, holder: number.isMultiple(of: 2) ? TestShop.dora : TestShop.ben)
                (grant.readOnly, grant.full) = (title, other)
                if title == nil, other == nil { (grant.withdrawnAt, grant.decidedAt) = (TestShop.start + 9, Serial(.max)) }
                if title == other { grant.suspendedAt = TestShop.start + 8 }
                grants.append(grant)
            }
        }
        return grants
    }
}
