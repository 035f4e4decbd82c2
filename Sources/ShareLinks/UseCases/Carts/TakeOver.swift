// SPDX-License-Identifier: Apache-2.0

/// What of a cart goes to its next owner.
package struct OfferedCart: Sendable {
    package let name: String?
    package let document: [UInt8]

    package init(name: String?, document: [UInt8]) {
        self.name = name
        self.document = document
    }
}

extension Sharing {
    /// Makes the person who accepted a link that allows it the cart's owner, once.
    ///
    /// The former owner's links and grants end, and he keeps full access. What he typed is dropped by `asOffered`, which gets the
    /// cart as it was: the new owner gets what the link showed him.
    package func takeOver(
        _ tokenText: some StringProtocol,
        as caller: Caller,
        asOffered: @escaping @Sendable (Cart) throws(ShareError) -> OfferedCart,
        at now: Timestamp
    ) async throws(ShareError) -> Cart {
        let token = try genuineToken(tokenText)
        let key = keys.ring.key(in: token.slot)?.fingerprint
        let (rules, grantID) = (rules, newGrantID())
        return try await store.write(.ordinary) { store throws(ShareError) in
            let (link, cart) = try store.openLink(of: token, madeUnder: key, as: caller, at: now)
            guard case .person(let claimed) = caller else { throw caller == .stranger ? .loginRequired : .permissionDenied }
            let person = try store.present(claimed)
            guard !cart.isOwned(by: person) else { throw .cannotShareWithOneself }
            _ = try Standing.of(.person(person), in: cart, holding: nil, through: (link, token))
            // What its owner typed can't be taken out of a platform's cart.
            guard link.allowsTakeOver, link.access(with: token) == .full, cart.origin == nil else { throw .takeOverRefused }
            guard rules.allow(link.audience, .full) else { throw .notAllowedHere }
            guard let held = try store.heldGrant(of: person, on: cart), held.access == .full else { throw .notAcceptedYet }
            guard let accepted = try store.acceptance(of: link.id, by: person.subject) else { throw .notAcceptedYet }
            // Who was withdrawn or lowered since, and then given access again, was not offered the cart again.
            let decision = try store.lastDecision(about: person, calling: claimed.subject, on: cart)
            guard decision.map({ $0 < accepted }) ?? true else { throw .grantWithdrawn }
            guard cart.state == .open else { throw .cartLocked }
            let version = try store.nextVersion()
            var taken = cart
            taken.owner = person.asOwner
            taken.version = version
            taken.incarnation = Incarnation(version.number)
            let offered = try asOffered(cart)
            taken.name = offered.name
            taken.document = offered.document
            taken.updatedAt = now
            for link in try store.links(of: cart.id, in: cart.incarnation) {
                try store.revoke(link, by: caller.auditName, reason: "the cart was taken over", at: now)
            }
            try store.endLife(of: cart.id)
            try store.put(taken)
            if let former = cart.owner { try store.keep(former, on: taken, under: grantID, at: now) }
            try store.record(
                .takenOver(taken, from: cart.owner, through: link, at: now),
                telling: [.ownerChanged(taken, through: link.id, at: now), .changed(taken, at: now)]
            )
            return taken
        }
    }
}

extension StoreTransaction {
    /// Leaves the former owner full access to the cart that he prepared.
    fileprivate func keep(_ former: Person, on cart: Cart, under id: GrantID, at now: Timestamp) throws(ShareError) {
        var grant = Grant(id: id, cart: cart.id, incarnation: cart.incarnation, holder: former.subject, createdAt: now)
        grant.set(.full, inside: former.companyID, decision: try nextSerial())
        try put(grant)
    }
}

extension AuditEntry {
    fileprivate static func takenOver(_ cart: Cart, from former: Person?, through link: Link, at now: Timestamp) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: cart.owner.map { "\($0.subject)" } ?? "nobody",
            action: .cartTakenOver,
            link: link.id,
            cart: cart.id,
            before: former.map { "\($0.subject)" } ?? "no owner",
            after: cart.owner.map { "\($0.subject)" }
        )
    }
}
