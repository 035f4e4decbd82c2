// SPDX-License-Identifier: Apache-2.0

/// A grant as those see it who share the cart.
package struct KnownGrant: Sendable {
    package let held: HeldGrant
    /// Whether the holder is active in the company of the cart's owner; nil where he is of no such company, or the owner of none: then
    /// it's nobody's business here.
    package let isHolderActive: Bool?

    package init(held: HeldGrant, isHolderActive: Bool?) {
        self.held = held
        self.isHolderActive = isHolderActive
    }
}

extension Sharing {
    /// A cart for a person who can read it, with everyone who has a grant on it, the newest first.
    package func cartWithGrants(
        _ id: CartID,
        for person: Person,
        at now: Timestamp
    ) async throws(ShareError) -> (cart: Cart, standing: Standing, grants: [KnownGrant]) {
        let (record, standing, grants) = try await store.read { view throws(ShareError) in
            guard let cart = try view.cart(id) else { throw .cartNotFound }
            let standing = try view.standing(of: .person(person), in: cart)
            return (cart, standing, standing.may(.seeHolders) ? try view.knownGrants(on: cart) : [])
        }
        let (cart, confirmed) = try await read(record, as: .person(person), in: standing, at: now)
        return (cart, confirmed, grants)
    }

    /// One grant that wasn't withdrawn and the state of its cart, for its holder and for those who see who has the cart; to everyone
    /// else it doesn't exist.
    package func grant(_ id: GrantID, for person: Person) async throws(ShareError) -> (known: KnownGrant, cartState: CartState) {
        try await store.read { view throws(ShareError) in
            guard let grant = try view.grant(id), let cart = try view.cart(grant.cart) else { throw .grantNotFound }
            // A holder whose link is paused can still see what he may leave.
            let isHolder = try view.present(person).subject == grant.holder
            let seesHolders = try view.seesHolders(person, of: cart)
            guard isHolder || seesHolders else { throw .grantNotFound }
            guard let known = try view.knownGrants(on: cart).first(where: { $0.held.grant.id == id }) else { throw .grantNotFound }
            return (known, cart.state)
        }
    }
}

extension StoreView {
    fileprivate func seesHolders(_ person: Person, of cart: Cart) throws(ShareError) -> Bool {
        do throws(ShareError) {
            return try standing(of: .person(person), in: cart).may(.seeHolders)
        } catch .cartNotFound {
            return false
        }
    }

    /// The grants of this life of the cart that weren't withdrawn.
    fileprivate func knownGrants(on cart: Cart) throws(ShareError) -> [KnownGrant] {
        try grantsAsListed(on: cart).map { held throws(ShareError) in
            KnownGrant(held: held, isHolderActive: try isActive(held.grant.holder, inCompanyOf: cart))
        }
    }

    private func isActive(_ holder: Subject, inCompanyOf cart: Cart) throws(ShareError) -> Bool? {
        guard let company = cart.owner?.companyID, case .companyUser(let id) = holder else { return nil }
        // Who isn't in the directory came with a login that holds.
        guard let user = try companyUser(id) else { return true }
        return user.person?.companyID == company ? user.status == .active : nil
    }
}
