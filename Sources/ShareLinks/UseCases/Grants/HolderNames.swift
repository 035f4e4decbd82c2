// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// The names under which one human may come, as far as the directory knows: what an owner decides about one holds for all.
    func subjects(of user: UserID) throws(ShareError) -> Set<Subject> {
        var subjects: Set<Subject> = [.user(user)]
        for entry in try companyUsers(of: user) { subjects.insert(.companyUser(entry.id)) }
        return subjects
    }

    /// The grants on the same cart that the grant's holder has under his other names.
    func otherGrants(ofHolderOf grant: Grant) throws(ShareError) -> [Grant] {
        let user: UserID?
        switch grant.holder {
        case .user(let id): user = id
        case .companyUser(let id): user = try companyUser(id)?.person?.userID
        }
        guard let user else { return [] }
        var others: [Grant] = []
        for subject in try subjects(of: user) where subject != grant.holder {
            if let other = try self.grant(of: subject, on: grant.cart, in: grant.incarnation), other.withdrawnAt == nil {
                others.append(other)
            }
        }
        return others
    }

    /// The company in which the owner's word for this grant counts: the one it was given for, else that of the link it rests on.
    func company(for grant: Grant) throws(ShareError) -> CompanyID? {
        if grant.readOnly == .owner || grant.full == .owner { return grant.company }
        guard let id = (grant.full ?? grant.readOnly)?.link else { return grant.company }
        return try link(id)?.audience.circle?.company
    }
}
