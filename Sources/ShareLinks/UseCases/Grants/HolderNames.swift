// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// The names under which one human may come, as far as the directory knows: what an owner decides about one holds for all.
    private func subjects(of user: UserID) throws(ShareError) -> Set<Subject> {
        var subjects: Set<Subject> = [.user(user)]
        for entry in try companyUsers(of: user) { subjects.insert(.companyUser(entry.id)) }
        return subjects
    }

    /// When the owner last decided against a person under any of his names, the one that his login gives included.
    func lastDecision(about person: Person, calling name: Subject, on cart: Cart) throws(ShareError) -> Serial? {
        var last: Serial?
        for subject in try subjects(of: person.userID).union([name]) {
            guard let decision = try grant(of: subject, on: cart.id, in: cart.incarnation)?.decidedAt else { continue }
            last = last.map { max($0, decision) } ?? decision
        }
        return last
    }

    /// The grants on the same cart that the grant's holder has under his other names.
    fileprivate func otherGrants(ofHolderOf grant: Grant) throws(ShareError) -> [Grant] {
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
}

extension StoreTransaction {
    /// Carries what the owner has just taken from `grant` to what its holder has under his other names.
    func carryDecision(about grant: Grant, by caller: Caller, at now: Timestamp) throws(ShareError) {
        guard let decision = grant.decidedAt else { return }
        for before in try otherGrants(ofHolderOf: grant) {
            var other = before
            if grant.withdrawnAt == nil {
                other.lower(decision: decision)
                try record(.granted(other, .readOnly, before: before, by: caller, at: now))
            } else {
                other.withdraw(at: now, decision: decision)
                try record(.withdrawn(other, by: caller, action: .grantWithdrawn, at: now))
            }
            try put(other)
        }
    }
}
