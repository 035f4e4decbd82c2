// SPDX-License-Identifier: Apache-2.0

/// What a genuine link is to someone who isn't logged in, and which cart's changes change that: so it can be kept until one comes.
package struct StrangersLook: Sendable {
    /// Nil where there is no record of the link; any change may then bring one.
    package let cart: CartID?
    /// A refusal says `linkNotFound`, `linkGone` or `loginRequired`.
    package let outcome: Result<OpenedLink, ShareError>
    /// When the outcome changes although nothing else does: a link that asks for a login ends, too. Nil where it stays as it is.
    package let endsAt: Timestamp?

    /// Whether what it opens has to be asked of a platform.
    package var asksPlatform: Bool {
        (try? outcome.get())?.cart.origin != nil
    }
}

extension Sharing {
    /// Opens a link as it opens for strangers, by what is kept here: a platform's cart is still empty. It changes nothing.
    ///
    /// Throws where nothing can be said of the link: a token that no key made, or a store that doesn't answer.
    package func lookAsStranger(through token: Token, at now: Timestamp) async throws(ShareError) -> StrangersLook {
        let ring = keys.ring
        guard ring.isGenuine(token) else { throw .tokenNotGenuine }
        let key = ring.key(in: token.slot)?.fingerprint
        return try await store.glance { view throws(ShareError) in
            let record = try view.link(token.id)
            let endsAt = record.flatMap { $0.expiresAt > now ? $0.expiresAt : nil }
            do throws(ShareError) {
                let opened = try view.opened(record, through: token, madeUnder: key, as: .stranger, at: now)
                return StrangersLook(cart: record?.cart, outcome: .success(opened), endsAt: endsAt)
            } catch {
                switch error {
                case .linkNotFound, .linkGone, .loginRequired:
                    return StrangersLook(cart: record?.cart, outcome: .failure(error), endsAt: endsAt)
                default: throw error
                }
            }
        }
    }

    /// The same look with the cart as its platform has it now.
    ///
    /// Throws where the platform doesn't give it: that is no outcome to keep, and is asked again next time.
    package func complete(_ look: StrangersLook, at now: Timestamp) async throws(ShareError) -> StrangersLook {
        guard case .success(let opened) = look.outcome else { return look }
        return StrangersLook(cart: look.cart, outcome: .success(try await read(opened, as: .stranger, at: now)), endsAt: look.endsAt)
    }
}
