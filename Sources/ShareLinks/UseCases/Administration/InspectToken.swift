// SPDX-License-Identifier: Apache-2.0

/// What a token is and why it works or doesn't, told without printing it.
package struct Inspection: Sendable {
    package let verdict: Verdict
    package let link: Link?

    package enum Verdict: String, Sendable {
        /// No token of any version.
        case malformed
        /// Well formed, but no key here made it: forged, or of another shop, host or a retired key.
        case forged
        /// Made here, but the record is gone or belongs to an earlier key of the slot.
        case unknown
        case active, paused, expired, revoked
        /// The cart was deleted, ordered or went to another owner.
        case cartGone = "cart-gone"
    }
}

extension Administration {
    package func inspect(
        _ tokenText: some StringProtocol,
        by admin: ServiceAccount,
        at now: Timestamp
    ) async throws(ShareError) -> Inspection {
        try admin.require(.administer)
        guard let token = Token(tokenText) else { return Inspection(verdict: .malformed, link: nil) }
        let ring = keys.ring
        guard ring.isGenuine(token) else { return Inspection(verdict: .forged, link: nil) }
        let key = ring.key(in: token.slot)?.fingerprint
        return try await store.read { view throws(ShareError) in
            guard let link = try view.link(token.id), link.key == key else { return Inspection(verdict: .unknown, link: nil) }
            return Inspection(verdict: try view.verdict(on: link, at: now), link: link)
        }
    }
}

extension StoreView {
    fileprivate func verdict(on link: Link, at now: Timestamp) throws(ShareError) -> Inspection.Verdict {
        switch link.status(at: now) {
        case .revoked: return .revoked
        case .expired: return .expired
        case .paused: return .paused
        case .active:
            guard let cart = try cart(link.cart), link.fits(cart) else { return .cartGone }
            return .active
        }
    }
}
