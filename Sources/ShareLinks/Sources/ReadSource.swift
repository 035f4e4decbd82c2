// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// The cart with the document that its platform has, and what the caller is to it by what the platform says now.
    ///
    /// A cart that is kept here comes back as it is. Throws `cartNotFound` where the platform has no such cart any more, or has given its
    /// id to another.
    func read(
        _ cart: Cart,
        as caller: Caller,
        in standing: Standing,
        at now: Timestamp
    ) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        guard let origin = cart.origin else { return (cart, standing) }
        try standing.checkStillHeld(since: origin.matchedAt, under: rules, at: now)
        var sourced = try await sourced(origin.id, standing.part, asOfNow: false)
        // What was read before a trait came doesn't tell whether the cart is another.
        if !origin.fingerprint.fits(sourced.fingerprint) { sourced = try await self.sourced(origin.id, standing.part, asOfNow: true) }
        guard origin.fingerprint.fits(sourced.fingerprint) else { throw .cartNotFound }
        await noteMatch(of: cart, with: sourced.fingerprint, standing, at: now)
        return (cart.filled(by: sourced), standing.confirmed(for: caller, by: sourced))
    }

    /// What the platform has under an id.
    func sourced(_ id: PlatformCartID, _ part: CartPart, asOfNow: Bool) async throws(ShareError) -> SourcedCart {
        guard let source else { throw .sourceUnavailable(.unavailable(cause: "carts.source is embedded")) }
        do throws(SourceError) {
            return try await source.cart(id, part, asOfNow: asOfNow)
        } catch {
            throw ShareError(error)
        }
    }

    /// Grants end some time after the last match, so that is kept up, once a day; a trait that has come is kept at once. That it wasn't
    /// noted harms nobody's request.
    private func noteMatch(of cart: Cart, with fingerprint: CartFingerprint, _ standing: Standing, at now: Timestamp) async {
        guard let origin = cart.origin else { return }
        // Learnt only from the part that every link is issued by, so that both are compared with what they can hold.
        let isNew = standing.part == .shared && fingerprint != origin.fingerprint
        guard isNew || (standing.may(.comment) && origin.matchedAt.adding(seconds: 86_400) <= now) else { return }
        try? await store.write(.ordinary) { store throws(ShareError) in
            guard var known = try store.cart(cart.id), known.incarnation == cart.incarnation, let kept = known.origin else { return }
            guard kept.id == origin.id, kept.fingerprint.fits(fingerprint) else { return }
            // Of many who come at once the first has noted it.
            guard isNew ? kept.fingerprint != fingerprint : kept.matchedAt == origin.matchedAt else { return }
            known.origin = CartOrigin(
                id: kept.id,
                fingerprint: isNew ? fingerprint : kept.fingerprint,
                matchedAt: max(kept.matchedAt, now)
            )
            try store.put(known)
        }
    }
}

extension Cart {
    /// The cart as its platform gave it.
    func filled(by sourced: SourcedCart) -> Cart {
        var filled = self
        filled.document = sourced.document
        filled.version = sourced.version
        filled.reading = Reading(isMasked: sourced.isMasked, freshUntil: sourced.freshUntil)
        return filled
    }
}

extension Standing {
    /// How much of a platform's cart is read for someone of this standing.
    fileprivate var part: CartPart {
        may(.seePersonalData) || may(.readCart) ? .whole : .shared
    }

    /// The owner of the record is the owner of the cart only while the cart itself names him.
    fileprivate func confirmed(for caller: Caller, by sourced: SourcedCart) -> Standing {
        guard self == .owner else { return self }
        return caller.person?.ownerName?.isMeant(by: sourced.ownerName) ?? false ? .owner : .unconfirmedOwner
    }

    /// A grant ends when its cart wasn't seen for as long as a link may live: the platform may have given its id away.
    func checkStillHeld(since match: Timestamp, under rules: SharingRules, at now: Timestamp) throws(ShareError) {
        guard [.fullGrant, .readOnlyGrant].contains(self), match.adding(seconds: rules.internal.term.longest) <= now else { return }
        throw .cartNotFound
    }
}
