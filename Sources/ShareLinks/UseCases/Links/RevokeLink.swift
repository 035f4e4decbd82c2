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
            guard let highest = rests.max(), let circle = link.audience.circle, try may(grant.holder, beInside: circle) else { continue }
            for access in rests { grant[access] = nil }
            // The owner's word that counts everywhere isn't narrowed to the link's company.
            let kept = min(highest, link.access)
            if grant[kept] != .owner(inside: nil) { grant[kept] = .owner(inside: circle.company) }
            try put(grant)
        }
    }

    func revoke(_ link: Link, by actor: String, reason: String?, at now: Timestamp) throws(ShareError) {
        guard link.revokedAt == nil else { return }
        let withdrawn = try withdrawGrants(named: .link(link.id), decision: try nextSerial(), at: now)
        var revoked = link
        revoked.revokedAt = now
        try update(revoked)
        let entry = AuditEntry.revoked(link, withdrawn: withdrawn, by: actor, reason: reason, at: now)
        try record(entry, telling: [.revoked(link, at: now)])
    }
}
