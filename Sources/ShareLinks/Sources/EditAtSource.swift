// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension Sharing {
    /// Whether the cart lives on a platform, so that ``editAtSource(_:_:by:ifMatch:at:)`` changes it.
    package func livesElsewhere(_ id: CartID) async throws(ShareError) -> Bool {
        guard source != nil else { return false }
        return try await store.glance { view throws(ShareError) in try view.cart(id)?.origin != nil }
    }

    /// Makes an edit of a cart where it lives, for its owner or someone with a full grant.
    ///
    /// Rights are judged, and the audit is told, in one transaction directly before the edit is sent, with the cart as it is then. What is
    /// sent then may still arrive when the right has ended meanwhile; nothing that begins later is.
    package func editAtSource(
        _ edit: ItemEdit,
        _ id: CartID,
        by caller: Caller,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp
    ) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        guard let source else { throw .formatNotEditable }
        let (record, _) = try await store.glance { view throws(ShareError) in try view.cartToEdit(id, by: caller) }
        guard let origin = record.origin else { throw .formatNotEditable }
        let refusal = Refusal()
        let sourced: SourcedCart
        do throws(SourceError) {
            sourced = try await source.edit(origin.id, edit) { [self] fresh in
                do throws(ShareError) {
                    try await announce(id, as: fresh, by: caller, ifMatch: ifMatch, at: now)
                    return true
                } catch {
                    refusal.error.withLock { $0 = error }
                    return false
                }
            }
        } catch {
            if error == .stopped, let refusal = refusal.error.withLock({ $0 }) { throw refusal }
            guard let outcome = error.outcome else { throw ShareError(error) }
            try? await noteChange(of: id, at: origin.id, "sent, \(outcome)", by: caller, at: now)
            guard error == .overtaken else { throw ShareError(error) }
            let version = try await whateverHappens { () throws(ShareError) in
                try await self.sourced(origin.id, .shared, asOfNow: true).version
            }
            throw .overtaken(now: version)
        }
        return try await whateverHappens { () throws(ShareError) in
            try await noteChange(of: id, at: origin.id, "version \(sourced.version) of its platform", by: caller, at: now)
            return try await store.glance { view throws(ShareError) in
                let (record, standing) = try view.cartToEdit(id, by: caller)
                return (record.filled(by: sourced), standing.seenByOthers)
            }
        }
    }

    /// Does what follows an edit that was made: nothing that fails then may say that nothing was changed.
    private func whateverHappens<Answer>(_ work: () async throws(ShareError) -> Answer) async throws(ShareError) -> Answer {
        do throws(ShareError) {
            return try await work()
        } catch {
            switch error {
            case .storeUnavailable(let fault): throw .sourceUnavailable(.outcomeUnknown(cause: "sent, then the store: \(fault.cause)"))
            case .sourceUnavailable(.unavailable(let cause)): throw .sourceUnavailable(.outcomeUnknown(cause: "sent, then \(cause)"))
            default: throw error
            }
        }
    }

    /// Tells those who follow the cart, whatever became of the caller's right meanwhile.
    private func noteChange(
        of id: CartID,
        at platformID: PlatformCartID,
        _ outcome: String,
        by caller: Caller,
        at now: Timestamp
    ) async throws(ShareError) {
        try await store.write(.ordinary) { store throws(ShareError) in
            guard var changed = try store.cart(id), changed.origin?.id == platformID else { return }
            changed.version = try store.nextVersion()
            changed.updatedAt = now
            try store.put(changed)
            try store.record(
                AuditEntry(at: now, actor: caller.auditName, action: .cartEdited, cart: id, after: outcome),
                telling: [.changed(changed, at: now)]
            )
        }
    }

    /// Judges the edit on the cart as it is at the platform, and writes down that it is being sent.
    private func announce(
        _ id: CartID,
        as fresh: SourcedCart,
        by caller: Caller,
        ifMatch: VersionCondition?,
        at now: Timestamp
    ) async throws(ShareError) {
        let rules = rules
        try await store.write(.ordinary) { store throws(ShareError) in
            let (cart, standing) = try store.cartToEdit(id, by: caller)
            guard let origin = cart.origin, origin.fingerprint.fits(fresh.fingerprint) else { throw .cartNotFound }
            try standing.checkStillHeld(since: origin.matchedAt, under: rules, at: now)
            try ifMatch?.check(fresh.version)
            guard standing.canEdit(in: cart.state) else { throw .cartLocked }
            var known = cart
            known.origin = CartOrigin(id: origin.id, fingerprint: fresh.fingerprint, matchedAt: now)
            try store.put(known)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: caller.auditName,
                    action: .cartEdited,
                    cart: id,
                    before: "version \(fresh.version) of its platform"
                )
            )
        }
    }
}

/// Why the transaction before an edit stopped it.
private final class Refusal: Sendable {
    let error = Mutex<ShareError?>(nil)
}

extension Standing {
    /// The answer to an edit holds what other people see, for the owner too.
    fileprivate var seenByOthers: Standing { self == .owner ? .unconfirmedOwner : self }
}
