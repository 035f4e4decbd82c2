// SPDX-License-Identifier: Apache-2.0

/// What the owner changes of a link; nil leaves a part as it is.
package struct LinkChange: Sendable {
    package var access: Access?
    /// A label, or `.some(nil)` to remove it.
    package var label: LinkLabel??
    package var expiresAt: Timestamp?
    package var paused: Bool?

    package init(access: Access? = nil, label: LinkLabel?? = nil, expiresAt: Timestamp? = nil, paused: Bool? = nil) {
        self.access = access
        self.label = label
        self.expiresAt = expiresAt
        self.paused = paused
    }
}

extension LinkChange {
    /// Narrowing and pausing go through even when the disk is nearly full.
    fileprivate var onlyTakesAway: Bool {
        (access == .readOnly || paused == true) && paused != false && access != .full && label == nil && expiresAt == nil
    }
}

extension Sharing {
    /// Narrows, labels, extends, shortens, pauses or resumes a link. A link's power never grows after it was sent.
    package func change(
        _ id: LinkID,
        _ change: LinkChange,
        by caller: Caller,
        onBehalfOf named: Subject?,
        at now: Timestamp
    ) async throws(ShareError) -> Link {
        let rules = rules
        return try await store.write(change.onlyTakesAway ? .takingAway : .ordinary) { store throws(ShareError) in
            let before = try store.linkToManage(id, by: caller, onBehalfOf: named)
            guard before.status(at: now) != .revoked else { throw .linkGone }
            let after = try before.changed(by: change, under: rules, at: now)
            guard after != before else { return before }
            if after.expiresAt > before.expiresAt, !rules.allow(after.audience, after.access) { throw .notAllowedHere }
            if before.status(at: now) == .expired, after.status(at: now) != .expired {
                try store.checkRoom(for: before.cart, in: before.incarnation, under: rules, at: now)
            }
            try store.update(after)
            try store.record(.changed(before, to: after, by: caller.auditName, at: now))
            return after
        }
    }
}

extension Link {
    fileprivate func changed(by change: LinkChange, under rules: SharingRules, at now: Timestamp) throws(ShareError) -> Link {
        var link = self
        if let access = change.access {
            guard access <= self.access else { throw .invalidInput([InputFault("/access", .narrowOnly)]) }
            link.access = access
        }
        if let label = change.label { link.label = label }
        if let expiresAt = change.expiresAt {
            try expiresAt.checkExpiry(now: now, created: createdAt, term: rules.term(for: audience))
            link.expiresAt = expiresAt
        }
        if let paused = change.paused {
            if paused { link.pauses.insert(.owner) } else { link.pauses.remove(.owner) }
        }
        return link
    }
}
