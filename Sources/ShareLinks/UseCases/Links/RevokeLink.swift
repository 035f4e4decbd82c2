// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// Revokes one link for its owner, and the grants that rest on it unless `keepsGrants`; once more changes nothing and is no error.
    package func revoke(
        _ id: LinkID,
        keepsGrants: Bool = false,
        by caller: Caller,
        onBehalfOf named: Subject?,
        at now: Timestamp
    ) async throws(ShareError) {
        try await store.write(.takingAway) { store throws(ShareError) in
            let link = try store.linkToManage(id, by: caller, onBehalfOf: named)
            if keepsGrants, link.revokedAt == nil {
                // Kept grants would come back to life: whoever else holds the link is the one to let go of it.
                guard link.pauses.isSubset(of: [.owner]) else { throw .permissionDenied }
                try store.keepGrants(through: link)
            }
            try store.revoke(link, by: caller.auditName, reason: nil, at: now)
        }
    }
}

extension StoreTransaction {
    /// Lets what the link gives now rest on the owner's word from now on. What it gives nobody any more isn't brought back.
    fileprivate func keepGrants(through link: Link) throws(ShareError) {
        for var grant in try grants(on: link.cart, in: link.incarnation) {
            let rests = Access.allCases.filter { grant[$0] == .link(link.id) }
            // What isn't kept still rests on the link, and is withdrawn with it.
            guard let highest = rests.max(), try lets(grant.holder, in: link) else { continue }
            if Access.allCases.allSatisfy({ grant[$0] != .owner }) { grant.company = link.audience.circle?.company }
            for access in rests { grant[access] = nil }
            grant[min(highest, link.access)] = .owner
            try put(grant)
        }
    }

    /// Whether the link's audience still holds the person, as far as the shop's directory knows him.
    private func lets(_ holder: Subject, in link: Link) throws(ShareError) -> Bool {
        guard case .companyUser(let id) = holder, let known = try companyUser(id), known.source == .shop else { return true }
        guard known.status == .active, let person = known.person else { return false }
        return link.audience.circle?.contains(person) ?? false
    }

    func revoke(_ link: Link, by actor: String, reason: String?, at now: Timestamp) throws(ShareError) {
        guard link.revokedAt == nil else { return }
        let withdrawn = try withdrawGrants(named: .link(link.id), decision: try nextSerial(), at: now)
        var revoked = link
        revoked.revokedAt = now
        try update(revoked)
        try record(.revoked(link, withdrawn: withdrawn, by: actor, reason: reason, at: now))
    }
}
