// SPDX-License-Identifier: Apache-2.0

extension Standing {
    /// Decides what `caller` is to `cart`, when he holds a grant of `held` and comes `through` a link or, with nil, by the cart's
    /// own address. A person comes in as the directory knows him.
    ///
    /// Throws `cartNotFound` to someone who may not know of the cart, `loginRequired` to a stranger and `notAMember` to an
    /// outsider at an internal link.
    package static func of(
        _ caller: Caller,
        in cart: Cart,
        holding held: Access?,
        through link: (record: Link, token: Token)?
    ) throws(ShareError) -> Standing {
        if let person = caller.person {
            if cart.isOwned(by: person) { return .owner }
            if let held { return held == .full ? .fullGrant : .readOnlyGrant }
        }
        guard let link else {
            if case .service(let service) = caller { return .service(service.scopes) }
            throw .cartNotFound
        }
        let circle = link.record.audience.circle
        if circle == nil, !link.token.mode.isInternal { return .guest }
        switch caller {
        case .stranger: throw .loginRequired
        case .service(let service): return .service(service.scopes)
        case .person(let person):
            // A record that is wider than its token lets nobody in by the wider rule.
            guard let circle, circle.contains(person) else { throw .notAMember }
            return circle == .shop ? .guest : .memberByLink
        }
    }
}

extension Cart {
    /// Same user and, where the cart names a company user, the same one in the same company: a former colleague is another person.
    package func isOwned(by person: Person) -> Bool {
        guard let owner, owner.userID == person.userID else { return false }
        guard owner.companyUserID != nil else { return owner.companyID == nil }
        return owner.companyUserID == person.companyUserID && (person.companyID ?? owner.companyID) == owner.companyID
    }
}
