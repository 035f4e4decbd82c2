// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// Whether a grant's holder may be inside `circle` now. The shop's directory is asked; of whom it says nothing, it is assumed.
    func may(_ holder: Subject, beInside circle: Audience.Circle) throws(ShareError) -> Bool {
        let (userID, companyUserID): (UserID, CompanyUserID?)
        switch holder {
        case .user(let id): (userID, companyUserID) = (id, nil)
        case .companyUser(let id):
            guard let known = try companyUser(id) else { return true }
            guard let person = known.person else { return false }
            (userID, companyUserID) = (person.userID, id)
        }
        let person = try present(
            Person(userID: userID, companyID: circle.company, businessUnitID: circle.unit, companyUserID: companyUserID)
        )
        return person.subject == holder && circle.contains(person)
    }

    /// The company in which the owner's next word for a grant counts: that of the title which gives the access now.
    ///
    /// Whom a link let in as a customer of the shop counts as a colleague only where the shop's directory says so: nobody outside is
    /// cut off by it, and a colleague who leaves loses it.
    func companyOfNextWord(for grant: Grant, on cart: Cart) throws(ShareError) -> CompanyID? {
        switch try titleInForce(of: grant) {
        case .owner(let company): return company
        case .link(let id):
            if let company = try link(id)?.audience.circle?.company { return company }
        case nil: break
        }
        guard let company = cart.owner?.companyID, try isListed(grant.holder, in: company) else { return nil }
        return company
    }

    /// The title which gives the access now; where none does, the highest.
    private func titleInForce(of grant: Grant) throws(ShareError) -> Grant.Title? {
        for title in [grant.full, grant.readOnly] {
            if let title, let circle = try circle(of: title), try may(grant.holder, beInside: circle) { return title }
        }
        return grant.full ?? grant.readOnly
    }

    /// Whom a title gives something now; nil for nobody.
    private func circle(of title: Grant.Title) throws(ShareError) -> Audience.Circle? {
        switch title {
        case .owner(let company): return company.map(Audience.Circle.company) ?? .shop
        case .link(let id):
            guard let link = try link(id), link.givesAccess else { return nil }
            return link.audience.circle
        }
    }

    private func isListed(_ holder: Subject, in company: CompanyID) throws(ShareError) -> Bool {
        let entries: [CompanyUser]
        switch holder {
        case .user(let id): entries = try companyUsers(of: id)
        case .companyUser(let id): entries = try companyUser(id).map { [$0] } ?? []
        }
        return entries.contains { $0.source == .shop && $0.status == .active && $0.person?.companyID == company }
    }
}
