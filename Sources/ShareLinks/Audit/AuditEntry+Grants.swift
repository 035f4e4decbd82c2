// SPDX-License-Identifier: Apache-2.0

extension AuditEntry {
    static func granted(_ grant: Grant, _ access: Access, before: Grant?, by caller: Caller, at now: Timestamp) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: caller.auditName,
            action: before == nil ? .grantMade : .grantChanged,
            cart: grant.cart,
            before: before.map { "\($0.holder) \(($0.full == nil ? Access.readOnly : .full).rawValue)" },
            after: "grant \(grant.id) to \(grant.holder) \(access.rawValue)"
        )
    }

    static func withdrawn(_ grant: Grant, by caller: Caller, action: Action, at now: Timestamp) -> AuditEntry {
        AuditEntry(at: now, actor: caller.auditName, action: action, cart: grant.cart, before: "grant \(grant.id) to \(grant.holder)")
    }
}
