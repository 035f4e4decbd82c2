// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

/// Carts that live on a shop's platform: what is kept of them here, and what the platform's word does to them.
extension StoreRule {
    static let sources = [
        StoreRule("the first link gives a platform's cart a record with an alias, an owner and no document") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share()
            #expect(link.cart.text != Platform.cart.text && link.author.owner == TestShop.anna)
            let kept = try await shop.store.read { view throws(ShareError) in try view.cart(at: Platform.cart) }
            let record = try #require(kept)
            #expect(record.id == link.cart && record.owner == TestShop.anna && record.document == Array("{}".utf8))
            #expect(record.origin == CartOrigin(id: Platform.cart, fingerprint: CartFingerprint(["user": "1"]), matchedAt: TestShop.start))
            #expect(try await shop.share().cart == link.cart)
            #expect(platform.reads == [.shared, .shared])
        },
        StoreRule("people know a platform's cart by its alias alone, services by both names") { shop in
            let (shop, _) = shop.withPlatform()
            let link = try await shop.share()
            let service = Caller.service(TestShop.storefront)
            let platformName = CartID(Platform.cart.text)!
            await #expect(throws: ShareError.cartNotFound) { try await shop.read(platformName, as: TestShop.annaWithName) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.issue(to: Platform.cart.text, by: TestShop.anna) }
            #expect(try await shop.read(link.cart, as: TestShop.annaWithName).cart.id == link.cart)
            for name in [platformName, link.cart] {
                #expect(try await shop.sharing.cart(name, for: service, at: TestShop.start).cart.id == link.cart)
            }
            #expect(try await shop.sharing.name(of: link.cart, for: service) == Platform.cart.text)
            #expect(try await shop.sharing.name(of: link.cart, for: .person(TestShop.anna)) == link.cart.text)
            #expect(try await shop.issue(to: link.cart.text, by: TestShop.anna).cart == link.cart)
        },
        StoreRule("the owner sees his data while the platform's cart names him, and else what members see") { shop in
            let (shop, platform) = shop.withPlatform()
            let id = try await shop.share().cart
            #expect(try await shop.read(id, as: TestShop.annaWithName).standing == .owner)
            #expect(try await shop.read(id, as: TestShop.anna).standing == .unconfirmedOwner)
            #expect(try await shop.read(id, as: TestShop.anna(named: "eve@shop.example")).standing == .unconfirmedOwner)
            await #expect(throws: ShareError.cartNotFound) { try await shop.read(id, as: TestShop.ben(named: "anna@shop.example")) }
            for other in ["ben@shop.example", "", "a***@shop.example", nil] {
                platform.change { $0.ownerName = other }
                #expect(try await shop.read(id, as: TestShop.annaWithName).standing == .unconfirmedOwner)
                #expect(try await shop.read(id, as: TestShop.anna(named: "a***@shop.example")).standing == .unconfirmedOwner)
            }
        },
        StoreRule("only the owner and services have the whole of a platform's cart read") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share()
            _ = try await shop.open(link)
            #expect(platform.reads.allSatisfy { $0 == .shared })
            let opened = try await shop.open(link, as: .person(TestShop.annaWithName))
            #expect(opened.standing == .owner && platform.reads.last == .whole)
        },
        StoreRule("an id that the platform gave to another cart opens nothing, and shows nothing to the old owner") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share()
            platform.change { $0.traits["user"] = "2" }
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            await #expect(throws: ShareError.linkGone) { try await shop.open(link, as: .person(TestShop.annaWithName)) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.read(link.cart, as: TestShop.annaWithName) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.edit(link.cart, "l1", to: 7) }
            #expect(platform.lines == ["l1": 2])
            await #expect(throws: ShareError.cartNotFound) { try await shop.issue(to: link.cart.text, by: TestShop.anna) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.preview(link.cart, by: TestShop.anna) }
            // A service that knows the alias alone means the cart that was, too.
            await #expect(throws: ShareError.cartNotFound) { try await shop.share(called: link.cart.text) }
            await #expect(throws: ShareError.sourceUnavailable(.unavailable(cause: "read before a later reading"))) {
                try await shop.share(onBehalfOf: TestShop.ben)
            }
            let newer = try await shop.share(onBehalfOf: TestShop.ben, at: TestShop.start + 1)
            #expect(newer.cart != link.cart && newer.author.owner == TestShop.ben)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            #expect(try await shop.open(newer).cart.id == newer.cart)
        },
        StoreRule("a trait may come to a cart and is kept when it is first seen; none goes") { shop in
            let (shop, platform) = shop.withPlatform()
            platform.change { $0.traits = [:] }
            let link = try await shop.share(onBehalfOf: nil)
            platform.change { $0.traits = ["user": "1"] }
            _ = try await shop.open(link)
            for other in [["user": "2"], [:]] {
                platform.change { $0.traits = other }
                await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            }
        },
        StoreRule("a guest's cart gets its first owner with a link on his behalf, who needs no grant on it then") { shop in
            let (shop, _) = shop.withPlatform()
            let link = try await shop.share(.internal(.shop, access: .full), onBehalfOf: nil)
            _ = try await shop.accept(link, as: TestShop.anna)
            #expect(try await shop.share().cart == link.cart)
            #expect(try await shop.read(link.cart, as: TestShop.anna).standing == .unconfirmedOwner)
            #expect(try await shop.sharing.grants(on: link.cart, by: .person(TestShop.anna), onBehalfOf: nil).isEmpty)
            let entry = try await shop.audit().map(\.entry).last { $0.action == .cartShared }
            #expect(entry?.before == "no owner" && entry?.after == "user:anna")
            #expect(try await shop.open(link, as: .person(TestShop.ben)).cart.id == link.cart)
        },
        StoreRule("every spelling of a platform's id names the same cart") { shop in
            let upper = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"
            let dashed = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
            var cart = try await shop.push()
            cart.origin = CartOrigin(id: PlatformCartID(upper)!, fingerprint: CartFingerprint([:]), matchedAt: TestShop.start)
            let kept = cart
            let found = try await shop.store.write(.ordinary) { store throws(ShareError) in
                try store.put(kept)
                return try [upper.lowercased(), dashed, dashed.uppercased()].map { text throws(ShareError) in
                    try store.cart(at: PlatformCartID(text)!)?.origin?.id.text
                }
            }
            #expect(found == [upper, upper, upper])
            #expect(PlatformCartID("cart-A") != PlatformCartID("cart-a"))
        },
        StoreRule("a cart that the platform doesn't know is gone, and asked for again next time") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share()
            platform.fault = .gone
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.read(link.cart, as: TestShop.anna) }
            platform.fault = nil
            #expect(try await shop.open(link).cart.id == link.cart)
            platform.forget()
            await #expect(throws: ShareError.cartNotFound) { try await shop.share() }
        },
        StoreRule("while the platform gives nothing nothing is shown, shared or changed") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share()
            let before = try await shop.audit().count
            platform.fault = .unavailable(cause: "answered 500")
            let fault = ShareError.sourceUnavailable(.unavailable(cause: "answered 500"))
            await #expect(throws: fault) { try await shop.open(link) }
            await #expect(throws: fault) { try await shop.read(link.cart, as: TestShop.anna) }
            await #expect(throws: fault) { try await shop.share() }
            await #expect(throws: fault) { try await shop.edit(link.cart, "l1", to: 7) }
            let look = try await shop.sharing.lookAsStranger(through: shop.token(link), at: TestShop.start)
            #expect(look.asksPlatform)
            await #expect(throws: fault) { try await shop.sharing.complete(look, at: TestShop.start) }
            #expect(try await shop.audit().count == before)
        },
        StoreRule("whoever may not share a cart causes no call to the platform") { shop in
            let (shop, platform) = shop.withPlatform()
            let reader = ServiceAccount(name: "reader", scopes: [.readCarts])
            await #expect(throws: ShareError.scopeMissing(.issueLinks)) { try await shop.share(by: reader) }
            let link = try await shop.share()
            await #expect(throws: ShareError.cartNotFound) { try await shop.issue(to: link.cart.text, by: TestShop.ben) }
            await #expect(throws: ShareError.permissionDenied) { try await shop.share(onBehalfOf: TestShop.ben) }
            #expect(platform.reads.count == 2)
        },
        StoreRule("an edit goes to the platform, is told to those who follow the cart, and stands in the audit twice") { shop in
            let (shop, platform) = shop.withPlatform()
            let id = try await shop.share().cart
            let before = try await shop.sharing.glimpse(of: id, for: .person(TestShop.anna)).version
            let edited = try await shop.edit(id, "l1", to: 7)
            #expect(platform.lines == ["l1": 7] && edited.cart.document == Array("shared l1=7".utf8))
            #expect(edited.standing == .unconfirmedOwner)
            #expect(try await shop.sharing.glimpse(of: id, for: .person(TestShop.anna)).version > before)
            let entries = try await shop.audit().map(\.entry).filter { $0.action == .cartEdited }
            #expect(entries.map(\.before) == ["version 1002 of its platform", nil])
            #expect(entries.map(\.after) == [nil, "version 1007 of its platform"])
        },
        StoreRule("an edit asks for the version that it expects, as the platform has it then") { shop in
            let (shop, platform) = shop.withPlatform()
            let id = try await shop.share().cart
            let version = try await shop.read(id, as: TestShop.anna).cart.version
            platform.change { $0.lines["l2"] = 5 }
            await #expect(throws: ShareError.versionDiffers(now: CartVersion(1007))) {
                try await shop.edit(id, "l1", to: 7, ifMatch: .anyOf([version]))
            }
            #expect(platform.lines == ["l1": 2, "l2": 5])
            #expect(try await shop.edit(id, "l1", to: 3, ifMatch: .anyOf([CartVersion(1007)])).cart.version == CartVersion(1008))
        },
        StoreRule("a right that ends while an edit is on its way stops it before the platform hears of it") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share(.internal(.shop, access: .full))
            let held = try await shop.accept(link, as: TestShop.ben)
            #expect(held.access == .full)
            #expect(try await shop.edit(link.cart, "l1", to: 3, by: TestShop.ben).standing == .fullGrant)
            platform.meanwhile { try? await shop.revoke(link) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.edit(link.cart, "l1", to: 9, by: TestShop.ben) }
            #expect(platform.lines == ["l1": 3])
        },
        StoreRule("grants on a platform's cart end when it wasn't seen for as long as links may live") { shop in
            let (shop, _) = shop.withPlatform()
            let link = try await shop.share(.internal(.shop, access: .full))
            _ = try await shop.accept(link, as: TestShop.ben)
            let day: Int64 = 86_400
            #expect(try await shop.read(link.cart, as: TestShop.ben, at: TestShop.start + 79 * day).standing == .fullGrant)
            #expect(try await shop.read(link.cart, as: TestShop.ben, at: TestShop.start + 158 * day).standing == .fullGrant)
            let late = TestShop.start + 238 * day
            await #expect(throws: ShareError.cartNotFound) { try await shop.read(link.cart, as: TestShop.ben, at: late) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.edit(link.cart, "l1", to: 9, by: TestShop.ben, at: late) }
        },
        StoreRule("a platform's cart is neither pushed nor deleted nor given away") { shop in
            let (shop, _) = shop.withPlatform()
            let id = try await shop.share().cart
            await #expect(throws: ShareError.cartSourceIsUpstream) { try await shop.push(id.text) }
            await #expect(throws: ShareError.cartSourceIsUpstream) {
                try await shop.sharing.deleteCart(id, by: TestShop.storefront, at: TestShop.start)
            }
            var order = LinkOrder.internal(.person, person: TestShop.ben.subject, access: .full)
            order.allowsTakeOver = true
            await #expect(throws: ShareError.invalidInput([InputFault("/allowTakeOver", .keptElsewhere)])) { try await shop.share(order) }
        },
        StoreRule("an administrator finds and revokes links by the platform's id, and the audit names the alias") { shop in
            let (shop, _) = shop.withPlatform()
            let link = try await shop.share()
            let name = CartID(Platform.cart.text)!
            var query = LinkQuery()
            query.cart = name
            let found = try await shop.administration.links(for: TestShop.admin, matching: query, after: nil, limit: 9, at: TestShop.start)
            #expect(found.links.map(\.id) == [link.id])
            let done = try await shop.administration.revokeAll(
                .cart(name),
                expected: 1,
                isDryRun: false,
                by: TestShop.admin,
                reason: "test",
                at: TestShop.start
            )
            #expect(done.revoked == 1)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
            let entries = try await shop.audit()
            #expect(entries.last?.entry.cart == link.cart && !"\(entries)".contains(name.text))
        },
        StoreRule("what may have been changed is told, and never said to be unchanged") { shop in
            let (shop, platform) = shop.withPlatform()
            let id = try await shop.share().cart
            let outcomes: [(SourceError, ShareError, String)] = [
                (.outcomeUnknown(cause: "closed"), .sourceUnavailable(.outcomeUnknown(cause: "closed")), "sent, outcome not known"),
                (.limited, .invalidInput([InputFault("/quantity", .limited)]), "sent, taken in part"),
                (.overtaken, .overtaken(now: CartVersion(1007)), "sent, overtaken"),
            ]
            for (fault, error, told) in outcomes {
                platform.editFault = fault
                let before = try await shop.sharing.glimpse(of: id, for: .person(TestShop.anna)).version
                await #expect(throws: error) { try await shop.edit(id, "l1", to: 7) }
                #expect(try await shop.sharing.glimpse(of: id, for: .person(TestShop.anna)).version > before)
                #expect(try await shop.audit().last?.entry.after == told)
            }
        },
        StoreRule("the state of a platform's cart is set whatever its version is there, which isn't known here") { shop in
            let (shop, _) = shop.withPlatform()
            let link = try await shop.share()
            let version = try await shop.read(link.cart, as: TestShop.anna).cart.version
            await #expect(throws: ShareError.cartSourceIsUpstream) {
                try await shop.sharing.setState(
                    of: link.cart,
                    to: .locked,
                    by: TestShop.storefront,
                    ifMatch: .anyOf([version]),
                    at: TestShop.start
                )
            }
            _ = try await shop.sharing.setState(of: link.cart, to: .locked, by: TestShop.storefront, ifMatch: .exists, at: TestShop.start)
            await #expect(throws: ShareError.cartLocked) { try await shop.edit(link.cart, "l1", to: 7) }
        },
        StoreRule("an order ends the links to a platform's cart") { shop in
            let (shop, _) = shop.withPlatform()
            let link = try await shop.share()
            let name = CartID(Platform.cart.text)!
            _ = try await shop.sharing.setState(of: name, to: .ordered, by: TestShop.storefront, at: TestShop.start)
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
        },
        StoreRule("what a link pinned of a platform's cart is shown while the cart is the same") { shop in
            let (shop, platform) = shop.withPlatform()
            let link = try await shop.share(.snapshot)
            platform.change { $0.lines["l1"] = 9 }
            #expect(try await shop.open(link).cart.document == Array("1002 true shared l1=2".utf8))
            platform.change { $0.traits["user"] = "2" }
            await #expect(throws: ShareError.linkGone) { try await shop.open(link) }
        },
        StoreRule("a cart with an origin is kept as it is, and its platform's id once") { shop in
            let origin = CartOrigin(id: Platform.cart, fingerprint: CartFingerprint(["a": "1", "b": "2"]), matchedAt: TestShop.start + 5)
            var cart = try await shop.push()
            cart.origin = origin
            let kept = cart
            let found = try await shop.store.write(.ordinary) { store throws(ShareError) in
                try store.put(kept)
                return try store.cart(at: Platform.cart)
            }
            #expect(found?.origin == origin && found?.id == cart.id)
        },
    ]
}

extension TestShop {
    static let annaWithName = anna(named: "anna@shop.example")

    static func anna(named name: String) -> Person { Person(userID: anna.userID, ownerName: OwnerName(name)) }
    static func ben(named name: String) -> Person { Person(userID: ben.userID, ownerName: OwnerName(name)) }

    /// The same shop, whose carts live on a platform.
    func withPlatform() -> (TestShop, Platform) {
        let platform = Platform()
        return (TestShop(store: store, source: platform), platform)
    }

    /// Shares the platform's cart by the storefront.
    @discardableResult
    func share(
        _ order: LinkOrder = .external,
        onBehalfOf owner: Person? = anna,
        by service: ServiceAccount = storefront,
        called name: String = Platform.cart.text,
        at now: Timestamp = start
    ) async throws(ShareError) -> Link {
        var order = order
        order.onBehalfOf = owner
        return try await sharing.issue(
            order,
            to: CartID(name)!,
            by: .service(service),
            asShownToGuests: Self.shownToGuests,
            at: now
        )
    }

    @discardableResult
    func preview(_ cart: CartID, by owner: Person) async throws(ShareError) -> OpenedLink {
        try await sharing.preview(.external, of: cart, by: .person(owner), asShownToGuests: Self.shownToGuests, at: Self.start)
    }

    func read(_ cart: CartID, as person: Person, at now: Timestamp = start) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        try await sharing.cart(cart, for: .person(person), at: now)
    }

    @discardableResult
    func edit(
        _ cart: CartID,
        _ line: String,
        to quantity: Int64,
        by person: Person = anna,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp = start
    ) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        let edit = ItemEdit.setQuantity(item: line, Quantity(quantity)!)
        return try await sharing.editAtSource(edit, cart, by: .person(person), ifMatch: ifMatch, at: now)
    }

    func token(_ link: Link) throws(ShareError) -> Token {
        guard let token = sharing.token(of: link) else { throw .linkNotFound }
        return token
    }
}
