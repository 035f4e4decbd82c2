// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let accepting = [
        StoreRule("accepting an internal link makes the grant that it offers") { shop in
            let circles: [(LinkOrder, Person)] = [
                (.internal(.person, person: TestShop.eva.subject), TestShop.eva), (.internal(.businessUnit), TestShop.dora),
                (.internal(.company), TestShop.eva), (.internal(.shop), TestShop.fred), (.internal(.shop), TestShop.anna),
            ]
            for (number, (order, person)) in circles.enumerated() {
                for access in Access.allCases {
                    let id = "cart-\(number)-\(access.rawValue)"
                    try await shop.push(id, owner: TestShop.carla)
                    var order = order
                    order.access = access
                    let link = try await shop.issue(order, to: id, by: TestShop.carla)
                    #expect(try await shop.standing(of: person, on: id) == nil)
                    let accepted = try await shop.accept(link, as: person, at: TestShop.start + 5)
                    #expect(accepted.isGain && accepted.access == access, "\(id)")
                    let grant = try #require(try await shop.storedGrant(of: person, on: id))
                    #expect(accepted.grant == grant)
                    #expect(grant[access] == .link(link.id) && grant.createdAt == TestShop.start + 5)
                    #expect(try await shop.standing(of: person, on: id) == .holding(access))
                    #expect(try await shop.stored(link.id)?.accepts == 1)
                    let entry = try #require(try await shop.audit().last?.entry)
                    #expect(entry.action == .grantAccepted && entry.link == link.id && entry.cart?.text == id)
                    #expect(entry.actor == "\(person.subject)" && entry.before == nil && entry.after == access.rawValue)
                }
            }
        },
        StoreRule("accepting once more, or a weaker link, changes nothing") { shop in
            try await shop.push(owner: TestShop.carla)
            let full = try await shop.issue(.unit(.full), by: TestShop.carla)
            let weaker = try await shop.issue(.internal(.company), by: TestShop.carla)
            let first = try await shop.accept(full, as: TestShop.dora)
            let rows = try await shop.audit().count
            for link in [full, weaker] {
                let again = try await shop.accept(link, as: TestShop.dora, at: TestShop.start + 9)
                #expect(!again.isGain && again.grant == first.grant && again.access == .full)
            }
            #expect(try await shop.audit().count == rows)
            #expect(try await shop.stored(full.id)?.accepts == 1)
            #expect(try await shop.stored(weaker.id)?.accepts == 0)
        },
        StoreRule("a stronger link raises the grant under the same id") { shop in
            try await shop.push(owner: TestShop.carla)
            let read = try await shop.issue(.unit(.readOnly), by: TestShop.carla)
            let full = try await shop.issue(.unit(.full), by: TestShop.carla)
            let first = try await shop.accept(read, as: TestShop.dora)
            let raised = try await shop.accept(full, as: TestShop.dora)
            #expect(raised.isGain && raised.access == .full)
            #expect(raised.grant?.id == first.grant?.id)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)
            #expect(try await shop.audit().last?.entry.before == "read-only")
        },
        StoreRule("the owner accepts his own link without gaining a grant") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            for order in [LinkOrder.unit(.full), .internal(.shop).acceptedBy(atMost: 1)] {
                let link = try await shop.issue(order, by: TestShop.carla)
                #expect(try await shop.accept(link, as: TestShop.carla) == .owns(cart.id))
                #expect(try await shop.stored(link.id)?.accepts == 0)
            }
            #expect(try await shop.storedGrants().isEmpty)
            #expect(try await shop.audit().map(\.entry.action) == [.cartPushed, .linkIssued, .linkIssued])
        },
        StoreRule("a link gives full access only where both its record and its token say so") { shop in
            let cases: [(Access, LinkMode, Access?)] = [
                (.full, .internalFull, .full), (.full, .internalReadOnly, .readOnly), (.readOnly, .internalFull, .readOnly),
                (.full, .externalReadOnly, nil), (.readOnly, .externalReadOnly, nil),
            ]
            for (number, (access, mode, given)) in cases.enumerated() {
                try await shop.push("cart-\(number)", owner: TestShop.carla)
                let link = try await shop.issue(.unit(access), to: "cart-\(number)", by: TestShop.carla)
                let accept = { () async throws(ShareError) in try await shop.accept(link, by: .person(TestShop.dora), mode: mode).access }
                if let given {
                    #expect(try await accept() == given, "\(number)")
                } else {
                    await #expect(throws: ShareError.notAcceptable) { try await accept() }
                }
                #expect(try await shop.standing(of: TestShop.dora, on: "cart-\(number)") == given.map(Standing.holding))
            }
        },
        StoreRule("an external link is for nobody to accept, under no token") { shop in
            try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(by: TestShop.carla)
            for mode in [LinkMode.externalReadOnly, .internalReadOnly, .internalFull] {
                for caller in [Caller.stranger, .person(TestShop.dora), .person(TestShop.carla), .service(TestShop.storefront)] {
                    await #expect(throws: ShareError.notAcceptable) { try await shop.accept(link, by: caller, mode: mode) }
                }
            }
            #expect(try await shop.storedGrants().isEmpty)
        },
        StoreRule("only logged-in members accept; everyone else changes nothing") { shop in
            try await shop.push(owner: TestShop.carla)
            let unit = try await shop.issue(.unit(.full), by: TestShop.carla)
            let company = try await shop.issue(.internal(.company), by: TestShop.carla)
            let person = try await shop.issue(.internal(.person, person: TestShop.dora.subject), by: TestShop.carla)
            // Holding a grant makes nobody a member of another link's audience.
            try await shop.grant(.readOnly, toKnown: TestShop.eva)
            let rows = try await shop.audit().count
            let former = Person(userID: TestShop.dora.userID)
            let cases: [(Link, Caller, ShareError)] = [
                (unit, .stranger, .loginRequired), (unit, .service(TestShop.storefront), .notAcceptable),
                (unit, .person(TestShop.eva), .notAMember), (unit, .person(TestShop.fred), .notAMember),
                (unit, .person(TestShop.anna), .notAMember), (unit, .person(former), .notAMember),
                (company, .person(TestShop.fred), .notAMember), (company, .person(former), .notAMember),
                (person, .person(TestShop.eva), .notAMember), (person, .person(former), .notAMember),
                (person, .person(TestShop.buyer("dora", companyUser: "cu-other")), .notAMember),
            ]
            for (number, (link, caller, error)) in cases.enumerated() {
                await #expect(throws: error, "\(number)") { try await shop.accept(link, by: caller) }
            }
            #expect(try await shop.storedGrants().count == 1)
            #expect(try await shop.audit().count == rows)
        },
        StoreRule("what the shop forbids since is accepted by nobody") { shop in
            try await shop.push(owner: TestShop.carla)
            let full = try await shop.issue(.unit(.full), by: TestShop.carla)
            let read = try await shop.issue(.unit(.readOnly), by: TestShop.carla)
            let strict = TestShop(store: shop.store, rules: SharingRules(internal: .init(allowsFull: false)))
            await #expect(throws: ShareError.notAllowedHere) { try await strict.accept(full, as: TestShop.dora) }
            #expect(try await strict.accept(read, as: TestShop.dora).access == .readOnly)
            #expect(try await shop.stored(full.id)?.accepts == 0)
            let closed = TestShop(store: shop.store, rules: SharingRules(internal: .init(circles: [.company])))
            await #expect(throws: ShareError.notAllowedHere) {
                try await closed.accept(full, as: TestShop.buyer("gus", companyUser: "cu-g"))
            }
        },
    ]
}

extension Standing {
    static func holding(_ access: Access) -> Standing { access == .full ? .fullGrant : .readOnlyGrant }
}
