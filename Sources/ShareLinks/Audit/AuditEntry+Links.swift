// SPDX-License-Identifier: Apache-2.0

extension AuditEntry {
    static func issued(_ link: Link, by caller: Caller, at now: Timestamp) -> AuditEntry {
        AuditEntry(at: now, actor: caller.auditName, action: .linkIssued, link: link.id, cart: link.cart, after: link.auditText(at: now))
    }

    static func changed(_ before: Link, to after: Link, by actor: String, at now: Timestamp) -> AuditEntry {
        let action: Action =
            if after.pauses == before.pauses {
                .linkChanged
            } else {
                after.pauses.count > before.pauses.count ? .linkPaused : .linkResumed
            }
        return AuditEntry(
            at: now,
            actor: actor,
            action: action,
            link: after.id,
            cart: after.cart,
            before: before.auditText(at: now),
            after: after.auditText(at: now)
        )
    }

    static func revoked(_ link: Link, withdrawn: Int, by actor: String, reason: String?, at now: Timestamp) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: actor,
            action: .linkRevoked,
            link: link.id,
            cart: link.cart,
            reason: reason,
            before: link.status(at: now).rawValue,
            after: withdrawn == 0 ? Link.Status.revoked.rawValue : "revoked, \(withdrawn) grants withdrawn"
        )
    }
}

extension Link {
    /// What of a link the audit tells: no label, since people write names there.
    fileprivate func auditText(at now: Timestamp) -> String {
        let holders = pauses.map(\.rawValue).sorted().joined(separator: "+")
        let circle = audience.circle.map { " within \($0.kind.rawValue)" } ?? ""
        let limit = maxAccepts.map { " for \($0) people" } ?? ""
        let takeOver = allowsTakeOver ? " with take-over" : ""
        let pause = holders.isEmpty ? "" : " paused by \(holders)"
        return "\(audience.name)\(circle) \(access.rawValue) until \(expiresAt)\(limit)\(takeOver) on behalf of \(author.name)\(pause)"
    }
}
