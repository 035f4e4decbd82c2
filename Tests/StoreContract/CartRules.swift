// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let carts = [
        StoreRule("a pushed cart is read back byte for byte") { shop in
            let document = #"{"name":"Gr\u00fcn ✓","items":[]}"# + " \n"
            let pushed = try await shop.push(owner: TestShop.carla, name: "Grün ✓", document: document)
            let (cart, standing) = try await shop.sharing.cart(CartID("cart-1")!, for: .person(TestShop.carla), at: TestShop.start)
            #expect(cart.document == Array(document.utf8))
            #expect(cart.owner == TestShop.carla)
            #expect(cart.name == "Grün ✓")
            #expect(cart.version == pushed.version)
            #expect(cart.incarnation == pushed.incarnation)
            #expect(cart.state == .open)
            #expect(cart.updatedAt == TestShop.start)
            #expect(standing == .owner)
        },
        StoreRule("an empty and a large document are read back") { shop in
            try await shop.push("empty", document: "")
            let large = String(repeating: "x", count: 2 << 20)
            try await shop.push("large", document: large)
            let reader = Caller.service(TestShop.storefront)
            #expect(try await shop.sharing.cart(CartID("empty")!, for: reader, at: TestShop.start).cart.document.isEmpty)
            #expect(try await shop.sharing.cart(CartID("large")!, for: reader, at: TestShop.start).cart.document == Array(large.utf8))
        },
        StoreRule("the first version is 1, and no version comes twice") { shop in
            var versions = [try await shop.push("a").version, try await shop.push("b").version, try await shop.push("a").version]
            try await shop.sharing.deleteCart(CartID("a")!, by: TestShop.storefront, at: TestShop.start)
            try await shop.sharing.deleteCart(CartID("b")!, by: TestShop.storefront, at: TestShop.start)
            versions.append(try await shop.push("a").version)
            #expect(versions == [1, 2, 3, 4].map(CartVersion.init))
        },
        StoreRule("a version that differs changes nothing") { shop in
            let first = try await shop.push()
            await #expect(throws: ShareError.versionDiffers(now: first.version)) {
                try await shop.push(document: "[]", ifMatch: .anyOf([CartVersion(99)]))
            }
            let (cart, _) = try await shop.sharing.cart(first.id, for: .person(TestShop.anna), at: TestShop.start)
            #expect(cart.version == first.version)
            #expect(cart.document == first.document)
            #expect(try await shop.audit().count == 1)
        },
        StoreRule("a person's carts are those that the rule of ownership names") { shop in
            var people = [TestShop.anna, TestShop.carla, TestShop.dora]
            people.append(Person(userID: UserID("carla")!))
            people.append(TestShop.buyer("carla", companyUser: "cu-other"))
            people.append(TestShop.buyer("carla", company: "other", unit: nil, companyUser: "cu-carla"))
            people.append(TestShop.buyer("anna", companyUser: "cu-anna"))
            // An owner of a company without a company user is nobody's match.
            people.append(Person(userID: UserID("carla")!, companyID: CompanyID("acme")!))
            var pushed: [Cart] = []
            for (number, owner) in people.enumerated() { pushed.append(try await shop.push("cart-\(number)", owner: owner)) }
            pushed.append(try await shop.push("guest", owner: nil))
            for person in people {
                let listed = try await shop.sharing.carts(of: person, before: nil, limit: 100).carts.map(\.summary)
                let owned = pushed.filter { $0.isOwned(by: person) }.sorted { $0.version > $1.version }
                #expect(listed.map(\.id) == owned.map(\.id))
            }
        },
        StoreRule("a list of carts goes on below the version that was shown last") { shop in
            for number in 1...5 { try await shop.push("cart-\(number)", name: "Cart \(number)") }
            try await shop.push("cart-2", name: "Changed")
            let first = try await shop.sharing.carts(of: TestShop.anna, before: nil, limit: 2)
            #expect(first.carts.map(\.summary.id.text) == ["cart-2", "cart-5"])
            #expect(first.carts.map(\.summary.name) == ["Changed", "Cart 5"])
            #expect(first.next == first.carts.last?.summary.version)
            let rest = try await shop.sharing.carts(of: TestShop.anna, before: first.next, limit: 10)
            #expect(rest.carts.map(\.summary.id.text) == ["cart-4", "cart-3", "cart-1"])
            #expect(rest.next == nil)
        },
    ]

    static let cartLives = [
        StoreRule("a guest's cart keeps its links when it gets its first owner") { shop in
            try await shop.push(owner: nil)
            let link = try await shop.issue(by: nil)
            let owned = try await shop.push(owner: TestShop.anna)
            #expect(try await shop.open(link).cart.version == owned.version)
            #expect(try await shop.open(link, as: .person(TestShop.anna)).standing == .owner)
        },
        StoreRule("another owner is refused without a transfer, and ends all links with one") { shop in
            let first = try await shop.push(owner: TestShop.anna)
            let link = try await shop.issue()
            await #expect(throws: ShareError.ownerDiffers) { try await shop.push(owner: TestShop.ben) }
            #expect(try await shop.open(link).cart.version == first.version)
            let second = try await shop.push(owner: TestShop.ben, transfers: true)
            #expect(second.incarnation != first.incarnation)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            #expect(try await shop.sharing.links(of: first.id, by: .person(TestShop.ben), onBehalfOf: nil).isEmpty)
            let own = try await shop.issue(by: TestShop.ben)
            #expect(try await shop.sharing.links(of: first.id, by: .person(TestShop.ben), onBehalfOf: nil) == [own])
            await #expect(throws: ShareError.linkNotFound) { try await shop.revoke(link, by: TestShop.ben) }
        },
        StoreRule("a cart id that is used again doesn't revive links") { shop in
            try await shop.push()
            let link = try await shop.issue()
            try await shop.sharing.deleteCart(CartID("cart-1")!, by: TestShop.storefront, at: TestShop.start)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            try await shop.push()
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
        },
        StoreRule("links work while a cart is open or locked, not once it is ordered") { shop in
            try await shop.push()
            let link = try await shop.issue()
            for state in [CartState.locked, .open] {
                let cart = try await shop.sharing.setState(of: link.cart, to: state, by: TestShop.storefront, at: TestShop.start)
                #expect(try await shop.open(link).cart.version == cart.version)
            }
            _ = try await shop.sharing.setState(of: link.cart, to: .ordered, by: TestShop.storefront, at: TestShop.start)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
        },
    ]
}
