// SPDX-License-Identifier: Apache-2.0

/// What a bulk revocation did, or would do.
package struct BulkRevocation: Sendable, Equatable {
    package let revoked: Int
    package let withdrawnGrants: Int
    package let sample: [LinkID]
    package let isDryRun: Bool
}

extension Administration {
    /// Revokes every link that `selector` names, or with `isDryRun` only counts them.
    ///
    /// All selectors but a single link need `expected`, the count of a dry run: more hits than that change nothing.
    package func revokeAll(
        _ selector: LinkSelector,
        expected: Int?,
        isDryRun: Bool,
        by admin: ServiceAccount,
        reason: String,
        at now: Timestamp
    ) async throws(ShareError) -> BulkRevocation {
        try admin.require(.takeDown)
        guard !isDryRun else {
            return try await store.read { view throws(ShareError) in try view.preview(view.here(selector, for: admin), isDryRun: true) }
        }
        let purpose: WritePurpose = if case .link = selector { .takingAway } else { .takingManyAway }
        return try await store.write(purpose) { store throws(ShareError) in
            let selector = try store.here(selector, for: admin)
            let preview = try store.preview(selector, isDryRun: false)
            if case .link(let id) = selector {
                guard try store.link(id) != nil else { throw .linkNotFound }
            } else {
                guard let expected else { throw .invalidInput([InputFault("/expect", .required)]) }
                guard preview.revoked <= expected else { throw .countDiffers(now: preview.revoked) }
            }
            _ = try store.withdrawGrants(named: selector, decision: try store.nextSerial(), at: now)
            let revoked = try store.revoke(selector, at: now)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: admin.adminName,
                    action: .linksRevoked,
                    link: selector.link,
                    cart: selector.cart,
                    reason: reason,
                    before: selector.auditText,
                    after: "\(preview.revoked) revoked, \(preview.withdrawnGrants) grants withdrawn"
                ),
                tellingOf: revoked,
                links: selector
            )
            return preview
        }
    }
}

extension StoreView {
    /// An administrator may know a cart by its platform's id, which nothing here is kept under.
    fileprivate func here(_ selector: LinkSelector, for admin: ServiceAccount) throws(ShareError) -> LinkSelector {
        if case .cart(let cart) = selector { .cart(try alias(of: cart, for: admin)) } else { selector }
    }

    fileprivate func preview(_ selector: LinkSelector, isDryRun: Bool) throws(ShareError) -> BulkRevocation {
        BulkRevocation(
            revoked: try unrevokedLinks(named: selector),
            withdrawnGrants: try grantsToWithdraw(named: selector),
            sample: try unrevokedLinks(named: selector, limit: 10),
            isDryRun: isDryRun
        )
    }
}

extension LinkSelector {
    fileprivate var link: LinkID? {
        if case .link(let link) = self { link } else { nil }
    }

    fileprivate var cart: CartID? {
        if case .cart(let cart) = self { cart } else { nil }
    }

    /// Names the selector; of a label only that it was one, since people write names there.
    fileprivate var auditText: String {
        switch self {
        case .link(let id): "linkId \(id)"
        case .cart(let id): "cartId \(id)"
        case .owner(let id): "ownerId \(id)"
        case .person(let subject): "personId \(subject)"
        case .company(let id): "companyId \(id)"
        case .businessUnit(let id): "businessUnitId \(id)"
        case .label: "label"
        case .keySlot(let slot): "keySlot \(slot)"
        case .key(let fingerprint): "key \(fingerprint)"
        case .createdBy(let name): "createdBy \(name)"
        case .createdBefore(let time): "createdBefore \(time)"
        case .createdAfter(let time): "createdAfter \(time)"
        case .all: "all"
        }
    }
}
