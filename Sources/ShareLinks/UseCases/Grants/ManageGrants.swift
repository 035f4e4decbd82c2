// SPDX-License-Identifier: Apache-2.0

/// What to do with someone who holds a grant already.
package enum HeldAlready: Sendable {
    /// He holds what is said now.
    case change
    case refuse
}

extension Sharing {
    /// Gives a named person access, by the owner's word.
    package func grant(
        _ access: Access,
        to holder: Subject,
        on cartID: CartID,
        by caller: Caller,
        onBehalfOf named: Subject?,
        heldAlready: HeldAlready = .change,
        at now: Timestamp
    ) async throws(ShareError) -> (held: HeldGrant, isNew: Bool) {
        let (rules, name) = (rules, newGrantID())
        return try await store.write(.ordinary) { store throws(ShareError) in
            let cart = try store.cartToManage(cartID, by: caller, onBehalfOf: named)
            guard cart.state != .ordered else { throw .cartOrdered }
            guard holder != cart.owner?.subject else { throw .cannotShareWithOneself }
            try store.checkMayHold(holder, on: cart)
            guard access == .readOnly || rules.internal.allowsFull else { throw .notAllowedHere }
            let present = try store.grant(of: holder, on: cart.id, in: cart.incarnation)
            let isHeld = present.map { $0.withdrawnAt == nil } ?? false
            if isHeld, present?.suspendedAt == nil, heldAlready == .refuse { throw .alreadyShared }
            var grant = try store.grantToExtend(present, to: holder, on: cart, name: name, under: rules, at: now)
            let company = cart.owner?.companyID
            grant.set(access, inside: company, decision: try store.nextSerial())
            try store.put(grant)
            try store.record(.granted(grant, access, before: isHeld ? present : nil, by: caller, at: now))
            if access == .readOnly { try store.carryDecision(about: grant, by: caller, at: now) }
            return (HeldGrant(grant: grant, access: access, title: .owner(inside: company)), !isHeld)
        }
    }

    /// The grants on a cart, the newest first, with what each gives now.
    package func grants(on cart: CartID, by caller: Caller, onBehalfOf named: Subject?) async throws(ShareError) -> [HeldGrant] {
        try await store.read { view throws(ShareError) in
            let cart = try view.cartToManage(cart, by: caller, onBehalfOf: named)
            return try view.grantsAsListed(on: cart)
        }
    }

    /// Raises or lowers a grant; it rests on the owner's word from then on.
    package func setAccess(
        of id: GrantID,
        to access: Access,
        by caller: Caller,
        onBehalfOf named: Subject?,
        at now: Timestamp
    ) async throws(ShareError) -> HeldGrant {
        let rules = rules
        return try await store.write(access == .readOnly ? .takingAway : .ordinary) { store throws(ShareError) in
            let (before, cart) = try store.grantToManage(id, by: caller, onBehalfOf: named)
            guard before.withdrawnAt == nil else { throw .grantNotFound }
            if access == .full {
                guard cart.state != .ordered else { throw .cartOrdered }
                guard rules.internal.allowsFull || before.full?.isOwnersWord == true else { throw .notAllowedHere }
            }
            var grant = before
            let company = try store.companyOfNextWord(for: before, on: cart)
            grant.set(access, inside: company, decision: try store.nextSerial())
            try store.put(grant)
            try store.record(.granted(grant, access, before: before, by: caller, at: now))
            if access == .readOnly { try store.carryDecision(about: grant, by: caller, at: now) }
            return HeldGrant(grant: grant, access: access, title: .owner(inside: company))
        }
    }

    /// Withdraws a grant for the owner, or lets its holder leave.
    ///
    /// Also of a grant that has ended the owner decides anew: links sent until now give its holder nothing.
    package func withdraw(_ id: GrantID, by caller: Caller, onBehalfOf named: Subject?, at now: Timestamp) async throws(ShareError) {
        try await store.write(.takingAway) { store throws(ShareError) in
            if try store.leave(id, as: caller, at: now) { return }
            var (grant, _) = try store.grantToManage(id, by: caller, onBehalfOf: named)
            grant.withdraw(at: now, decision: try store.nextSerial())
            try store.put(grant)
            try store.record(.withdrawn(grant, by: caller, action: .grantWithdrawn, at: now))
            try store.carryDecision(about: grant, by: caller, at: now)
        }
    }
}

extension StoreTransaction {
    /// Whether the caller is the grant's holder, who then has left.
    fileprivate func leave(_ id: GrantID, as caller: Caller, at now: Timestamp) throws(ShareError) -> Bool {
        guard case .person(let claimed) = caller, var grant = try grant(id) else { return false }
        guard try present(claimed).subject == grant.holder else { return false }
        guard grant.withdrawnAt == nil else { return true }
        guard (grant.full == nil ? Standing.readOnlyGrant : .fullGrant).may(.leave) else { return false }
        grant.withdraw(at: now, decision: nil)
        try put(grant)
        try record(.withdrawn(grant, by: caller, action: .grantLeft, at: now))
        return true
    }
}
