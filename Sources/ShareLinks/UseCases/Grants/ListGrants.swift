// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// The grants of a cart as its people see them: what each gives, or would give if nothing were paused.
    func grantsAsListed(on cart: Cart) throws(ShareError) -> [HeldGrant] {
        try grants(on: cart.id, in: cart.incarnation).map { grant throws(ShareError) in try listed(grant) }
    }

    private func listed(_ grant: Grant) throws(ShareError) -> HeldGrant {
        var best = HeldGrant(grant: grant, access: .readOnly, title: grant.readOnly ?? grant.full ?? .owner(inside: nil))
        if let title = grant.full {
            let limit = try title.link.map { id throws(ShareError) in try link(id)?.access ?? .readOnly } ?? .full
            if limit == .full || grant.readOnly == nil { best = HeldGrant(grant: grant, access: limit, title: title) }
        }
        return best
    }

    /// Throws unless `holder` can be given access to `cart`: an active company user, of the owner's company where he has one.
    func checkMayHold(_ holder: Subject, on cart: Cart) throws(ShareError) {
        switch holder {
        case .companyUser(let id):
            // A private shopper learns nothing of who works where: what he gives counts once there is such a person.
            guard cart.owner?.companyID != nil else { return }
            guard let known = try companyUser(id), known.status == .active, let person = known.person else { throw .personUnknown }
            guard cart.owner?.companyID == person.companyID else { throw .otherCompany }
        case .user: guard cart.owner?.companyID == nil else { throw .otherCompany }
        }
    }
}
