// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreContract
import Testing

/// A cart of carla's, a link to it that gives full access, and a colleague who is about to accept it or take the cart over.
struct Scene: Sendable {
    let cart: String
    let link: Link
    let dora: Person
    let grant: Grant?

    static func person(_ round: Int) -> Person {
        Person(
            userID: UserID("dora-\(round)")!,
            companyID: TestShop.carla.companyID,
            businessUnitID: TestShop.carla.businessUnitID,
            companyUserID: CompanyUserID("cu-dora-\(round)")!
        )
    }

    /// - Parameters:
    ///   - isGranted: whether the colleague has a read-only grant before, by carla's word.
    ///   - givesAway: whether the link is one to take the cart over that the colleague has accepted.
    init(_ round: Int, in shop: TestShop, isGranted: Bool, givesAway: Bool) {
        let number = Int64(round + 1)
        cart = "cart-\(round)"
        dora = Self.person(round)
        let key = shop.sharing.keys.ring.signing
        link = Link(
            id: LinkID(high: 7, low: UInt64(number)),
            cart: CartID(cart)!,
            incarnation: Incarnation(number),
            audience: .internal(givesAway ? .person(dora.subject) : .company(TestShop.carla.companyID!)),
            mode: .internalFull,
            access: .full,
            label: nil,
            showPrices: true,
            allowsTakeOver: givesAway,
            createdAt: TestShop.start,
            serial: Serial(0),
            author: Link.Author(owner: TestShop.carla, service: nil),
            accepts: givesAway ? 1 : 0,
            expiresAt: TestShop.start + 60,
            keySlot: key.slot,
            key: key.fingerprint
        )
        let through = givesAway ? link.id : nil
        grant =
            isGranted || givesAway
            ? Grant(
                id: GrantID("grant-\(round)")!,
                cart: link.cart,
                incarnation: link.incarnation,
                holder: dora.subject,
                createdAt: TestShop.start,
                readOnly: givesAway ? nil : .owner(inside: TestShop.carla.companyID),
                full: through.map(Grant.Title.link)
            ) : nil
    }

    func put(in store: any StoreTransaction) throws(ShareError) {
        try store.put(
            Cart(
                id: link.cart,
                incarnation: link.incarnation,
                version: try store.nextVersion(),
                format: .cartlink,
                state: .open,
                owner: TestShop.carla,
                name: nil,
                document: [],
                updatedAt: TestShop.start
            )
        )
        try store.insert(link)
        if let id = dora.companyUserID { try store.put(CompanyUser(id: id, person: dora, status: .active, source: .shop)) }
        if let grant { try store.put(grant) }
        if link.accepts > 0 { try store.remember(acceptanceOf: link.id, by: dora.subject, at: try store.nextSerial()) }
    }

    /// Never a live grant on a dead link, nor one left over from another life of the cart.
    ///
    /// - Returns: what the colleague is to the cart now.
    func checkGrants(in shop: TestShop) async throws -> Standing? {
        let (id, link, dora) = (link.cart, link, dora)
        let (present, held, isRevoked, standing) = try await shop.store.read { view throws(ShareError) in
            let cart = try view.cart(id)
            let standing = try cart.map { cart throws(ShareError) in try view.standingIfAny(of: dora, in: cart) } ?? nil
            return (
                cart?.incarnation, try view.grants(on: id, in: link.incarnation), try view.link(link.id)?.revokedAt != nil, standing
            )
        }
        try #require(held.isEmpty || present == link.incarnation, "\(held)")
        for grant in held { try #require(!isRevoked || Access.allCases.allSatisfy { grant[$0] != .link(link.id) }, "\(grant)") }
        return standing
    }
}

extension StoreView {
    fileprivate func standingIfAny(of person: Person, in cart: Cart) throws(ShareError) -> Standing? {
        do throws(ShareError) { return try standing(of: .person(person), in: cart) } catch .cartNotFound { return nil }
    }
}
