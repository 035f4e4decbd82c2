// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// The access that `caller` would gain by accepting the link, for a page that offers it; nil where that would bring nothing or
    /// be refused. Changes nothing.
    package func offer(of tokenText: some StringProtocol, to caller: Caller, at now: Timestamp) async throws(ShareError) -> Access? {
        let token = try genuineToken(tokenText)
        // Most pages are for strangers and external links: they cost no second look at the store.
        guard token.mode.isInternal, caller.person != nil else { return nil }
        let key = keys.ring.key(in: token.slot)?.fingerprint
        let rules = rules
        do throws(ShareError) {
            return try await store.read { view throws(ShareError) in
                let (link, cart) = try view.openLink(of: token, madeUnder: key, as: caller, at: now)
                let prospect = try view.prospect(of: link, with: token, for: caller, on: cart, under: rules)
                guard case .gains(let gain) = prospect else { return nil }
                return gain.held.map { $0.access < gain.access } ?? true ? gain.access : nil
            }
        } catch {
            switch error {
            case .notAcceptable, .notAMember, .grantWithdrawn, .notAllowedHere, .acceptLimitReached: return nil
            default: throw error
            }
        }
    }
}
