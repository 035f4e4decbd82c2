// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension ModelTransaction {
    func grant(_ id: GrantID) -> Grant? { state.grants.first { $0.id == id } }

    func grant(of holder: Subject, on cart: CartID, in incarnation: Incarnation) -> Grant? {
        state.grants.first { $0.holder == holder && $0.cart == cart && $0.incarnation == incarnation }
    }

    func grants(on cart: CartID, in incarnation: Incarnation) -> [Grant] {
        state.grants.reversed().filter { $0.cart == cart && $0.incarnation == incarnation && $0.withdrawnAt == nil }
    }

    func put(_ grant: Grant) {
        if let row = state.grants.firstIndex(where: { $0.id == grant.id }) {
            state.grants[row] = grant
        } else {
            state.grants.removeAll { $0.holder == grant.holder && $0.cart == grant.cart && $0.incarnation == grant.incarnation }
            state.grants.append(grant)
        }
    }

    func grantCount(on cart: CartID, in incarnation: Incarnation) -> Int { grants(on: cart, in: incarnation).count }

    func acceptance(of link: LinkID, by holder: Subject) -> Serial? { state.acceptances[link]?[holder] }

    func remember(acceptanceOf link: LinkID, by holder: Subject, at serial: Serial) {
        if acceptance(of: link, by: holder) == nil { state.acceptances[link, default: [:]][holder] = serial }
    }

    func withdrawGrants(heldBy holder: Subject, at now: Timestamp) -> Int {
        let rows = state.grants.indices.filter { state.grants[$0].holder == holder && state.grants[$0].withdrawnAt == nil }
        for row in rows { state.grants[row] = state.grants[row].withdrawn(at: now, decision: nil) }
        return rows.count
    }

    func grantsToWithdraw(named selector: LinkSelector) -> Int {
        state.grants.count { $0.withdrawnAt == nil && isLeftWithNothing(titlesLeft(of: $0, by: selector)) }
    }

    func withdrawGrants(named selector: LinkSelector, decision: Serial, at now: Timestamp) -> Int {
        var count = 0
        for (row, grant) in state.grants.enumerated() where grant.withdrawnAt == nil {
            let left = titlesLeft(of: grant, by: selector)
            if isLeftWithNothing(left) {
                state.grants[row] = grant.withdrawn(at: now, decision: decision)
                count += 1
            } else if left != [.readOnly: grant.readOnly, .full: grant.full] {
                (state.grants[row].readOnly, state.grants[row].full) = (left[.readOnly] ?? nil, left[.full] ?? nil)
                state.grants[row].decidedAt = decision
            }
        }
        return count
    }

    /// What a grant still rests on after what `selector` names was taken away.
    private func titlesLeft(of grant: Grant, by selector: LinkSelector) -> [Access: Grant.Title?] {
        guard !names(grant, by: selector) else { return [.readOnly: nil, .full: nil] }
        let left = { (title: Grant.Title?) -> Grant.Title? in
            guard let id = title?.link, let link = self.link(id), link.revokedAt == nil, selector.names(link) else { return title }
            return nil
        }
        return [.readOnly: left(grant.readOnly), .full: left(grant.full)]
    }

    private func isLeftWithNothing(_ titles: [Access: Grant.Title?]) -> Bool { titles.values.allSatisfy { $0 == nil } }

    /// Whether `selector` names the grant itself, whatever it rests on: by its cart, by the cart's owner or by its holder.
    private func names(_ grant: Grant, by selector: LinkSelector) -> Bool {
        let owner = cart(grant.cart)?.owner
        switch selector {
        case .cart(let id): return grant.cart == id
        case .owner(let id): return owner?.userID == id
        case .person(let subject): return grant.holder == subject || owner?.subject == subject
        case .company(let id):
            guard owner?.companyID != id, case .companyUser(let holder) = grant.holder else { return owner?.companyID == id }
            return companyUser(holder)?.person?.companyID == id
        case .all: return true
        case .link, .businessUnit, .label, .keySlot, .key, .createdBy, .createdBefore, .createdAfter: return false
        }
    }
}
