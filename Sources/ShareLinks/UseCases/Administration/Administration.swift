// SPDX-License-Identifier: Apache-2.0

/// What an administrator does: find, take away, look into. Never grant, edit or see personal data.
package struct Administration: Sendable {
    package let store: any LinkStore
    package let keys: LiveKeys

    package init(store: any LinkStore, keys: LiveKeys) {
        self.store = store
        self.keys = keys
    }

    package func links(
        for admin: ServiceAccount,
        matching query: LinkQuery,
        after cursor: LinkCursor?,
        limit: Int,
        at now: Timestamp
    ) async throws(ShareError) -> LinkPage {
        try admin.require(.administer)
        return try await store.read { view throws(ShareError) in
            var query = query
            if let cart = query.cart { query.cart = try view.alias(of: cart, for: admin) }
            return try view.links(matching: query, at: now, after: cursor, limit: limit)
        }
    }

    /// Revokes any link; once more changes nothing.
    package func revoke(_ id: LinkID, by admin: ServiceAccount, reason: String?, at now: Timestamp) async throws(ShareError) {
        try admin.require(.takeDown)
        try await store.write(.takingAway) { store throws(ShareError) in
            guard let link = try store.link(id) else { throw .linkNotFound }
            try store.revoke(link, by: admin.adminName, reason: reason, at: now)
        }
    }

    /// Sets or lifts the administrators' own hold on a link; the owner's stays as it is.
    package func setPaused(
        _ isPaused: Bool,
        _ id: LinkID,
        by admin: ServiceAccount,
        reason: String?,
        at now: Timestamp
    ) async throws(ShareError) {
        try admin.require(.takeDown)
        try await store.write(isPaused ? .takingAway : .ordinary) { store throws(ShareError) in
            guard let before = try store.link(id) else { throw .linkNotFound }
            guard before.status(at: now) != .revoked else { throw .linkGone }
            var after = before
            if isPaused { after.pauses.insert(.admin) } else { after.pauses.remove(.admin) }
            guard after != before else { return }
            try store.update(after)
            try store.record(.changed(before, to: after, by: admin.adminName, at: now).because(reason))
        }
    }

    package func audit(
        for admin: ServiceAccount,
        matching query: AuditQuery,
        after sequence: Int64?,
        limit: Int
    ) async throws(ShareError) -> [AuditRecord] {
        try admin.require(.administer)
        return try await store.read { view throws(ShareError) in
            var query = query
            if let cart = query.cart { query.cart = try view.alias(of: cart, for: admin) }
            return try view.audit(matching: query, after: sequence, limit: limit)
        }
    }
}

extension ServiceAccount {
    package var adminName: String { "admin:\(name)" }

    /// Asks the one table of rights.
    func require(_ action: Action) throws(ShareError) {
        guard Standing.service(scopes).may(action) else { throw .scopeMissing(.admin) }
    }
}

extension AuditEntry {
    func because(_ reason: String?) -> AuditEntry {
        AuditEntry(at: at, actor: actor, action: action, link: link, cart: cart, reason: reason, before: before, after: after)
    }
}
