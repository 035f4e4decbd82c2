// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// What `caller` is to `cart` now: judged by the directory first, then by the login, and by the grant as it stands.
    package func standing(
        of caller: Caller,
        in cart: Cart,
        through link: (record: Link, token: Token)? = nil
    ) throws(ShareError) -> Standing {
        guard case .person(let claimed) = caller else { return try Standing.of(caller, in: cart, holding: nil, through: link) }
        let person = try present(claimed)
        let held = cart.isOwned(by: person) ? nil : try heldGrant(of: person, on: cart)
        return try Standing.of(.person(person), in: cart, holding: held?.access, through: link)
    }

    /// The person as the shop's directory knows him: who left his company, or is inactive there, has no part in it any more.
    package func present(_ person: Person) throws(ShareError) -> Person {
        guard let id = person.companyUserID, let known = try companyUser(id), known.source == .shop else {
            return try presentByUser(person)
        }
        guard known.status == .active, let member = known.person, member.userID == person.userID else { return person.outsideCompany }
        return member
    }

    /// A login that names no company user whom the shop entered is judged by its user's entries. Of someone the shop's directory
    /// knows, a company or a unit that it doesn't list for him doesn't count, whatever company user he names.
    private func presentByUser(_ person: Person) throws(ShareError) -> Person {
        guard !person.isOutsideCompany else { return person }
        let entries = try companyUsers(of: person.userID).filter { $0.source == .shop }
        guard !entries.isEmpty else { return person }
        let company = person.companyID
        let units = entries.filter { $0.status == .active && $0.person?.companyID == company }.map { $0.person?.businessUnitID }
        guard let first = units.first else { return person.outsideCompany }
        guard !units.contains(person.businessUnitID) else { return person }
        return Person(userID: person.userID, companyID: company, businessUnitID: first, companyUserID: person.companyUserID)
    }

    /// The grant that `person`, as the directory knows him, holds on `cart`, unless nothing of it counts now.
    func heldGrant(of person: Person, on cart: Cart) throws(ShareError) -> HeldGrant? {
        guard let grant = try grant(of: person.subject, on: cart.id, in: cart.incarnation) else { return nil }
        return try held(grant, by: person)
    }

    /// What `grant` gives its holder now. The holder has to be inside the audience of the link that it rests on.
    func held(_ grant: Grant, by person: Person) throws(ShareError) -> HeldGrant? {
        guard grant.suspendedAt == nil else { return nil }
        var best: HeldGrant?
        for access in Access.allCases.sorted(by: >) {
            guard let title = grant[access], let given = try grant.gives(access, by: title, to: person, in: self) else { continue }
            if best.map({ given > $0.access }) ?? true { best = HeldGrant(grant: grant, access: given, title: title) }
        }
        return best
    }
}

extension Grant {
    /// The owner's word counts inside the company it was given in; of a link it is the weaker of `access` and the link's own, and
    /// nothing while the link is paused or doesn't let the person in.
    fileprivate func gives(
        _ access: Access,
        by title: Title,
        to person: Person,
        in view: some StoreView
    ) throws(ShareError) -> Access? {
        switch title {
        case .owner(let company): return person.isInside(company) ? access : nil
        case .link(let id):
            guard let link = try view.link(id), link.givesAccess else { return nil }
            guard let circle = link.audience.circle, circle.contains(person) else { return nil }
            return min(access, link.access)
        }
    }
}

extension Person {
    /// A company user who names no company is in the one that he is a user of.
    fileprivate func isInside(_ company: CompanyID?) -> Bool {
        guard let company else { return true }
        return companyID == company || (companyID == nil && companyUserID != nil)
    }
}
