// SPDX-License-Identifier: Apache-2.0

/// A platform's cart, read for someone who shares it: the first time it gets a record here.
struct Arrival: Sendable {
    let origin: CartOrigin
    let sourced: SourcedCart
    /// The record to be, if it is the first time.
    let newcomer: Cart
}

extension Sharing {
    /// Reads the cart that is about to be shared, as it is now; nil for one that is kept here.
    ///
    /// Who may not share it causes no call to the platform. People share only what a service has shared before: the platform's id of a
    /// cart is a key to it there, so knowing one proves nothing, and they know its alias alone.
    func arrival(
        of id: CartID,
        for caller: Caller,
        onBehalfOf owner: Person?,
        at now: Timestamp
    ) async throws(ShareError) -> Arrival? {
        guard let source else { return nil }
        let known = try await store.read { view throws(ShareError) in
            if case .service(let service) = caller {
                guard Standing.service(service.scopes).may(.manageSharing) else { throw .scopeMissing(.issueLinks) }
                return try view.cart(id, calledSoBy: caller)
            }
            return try view.cartToManage(id, by: caller, onBehalfOf: owner)
        }
        if let known, known.origin == nil { return nil }
        guard let platformID = known?.origin?.id ?? PlatformCartID(id.text) else { throw .cartNotFound }
        let sourced = try await sourced(platformID, .shared, asOfNow: true)
        let origin = CartOrigin(id: platformID, fingerprint: sourced.fingerprint, matchedAt: now)
        let newcomer = Cart(
            id: newCartID(),
            incarnation: Incarnation(0),
            version: CartVersion(0),
            format: source.format,
            state: .open,
            owner: owner,
            name: nil,
            document: Array("{}".utf8),
            updatedAt: now,
            origin: origin
        )
        return Arrival(origin: origin, sourced: sourced, newcomer: newcomer)
    }
}

extension StoreView {
    /// The cart that a link would be made for, with its document; nothing is written.
    func cartToPreview(_ id: CartID, _ arrival: Arrival?, by caller: Caller, onBehalfOf owner: Person?) throws(ShareError) -> Cart {
        guard let arrival else { return try cartToManage(id, by: caller, onBehalfOf: owner) }
        guard let known = try cart(at: arrival.origin.id), arrival.isOf(known) else {
            return try arrival.newcomer(for: caller, calledSo: id).filled(by: arrival.sourced)
        }
        return try cartToManage(known.id, by: caller, onBehalfOf: known.owner == nil ? nil : owner).filled(by: arrival.sourced)
    }
}

extension StoreTransaction {
    /// The cart to make a link for, with its document. A platform's cart gets its record here with its first link.
    ///
    /// Where the platform has given the id to another cart, what was shared under it has ended, and a new record begins.
    func cartToShare(_ id: CartID, _ arrival: Arrival?, by caller: Caller, onBehalfOf owner: Person?) throws(ShareError) -> Cart {
        guard let arrival else { return try cartToManage(id, by: caller, onBehalfOf: owner) }
        let now = arrival.origin.matchedAt
        var record: Cart
        if let known = try cart(at: arrival.origin.id), arrival.isOf(known) {
            record = try cartToManage(known.id, by: caller, onBehalfOf: known.owner == nil ? nil : owner)
            // A guest's cart gets its first owner, as it does where carts are pushed.
            record.owner = record.owner ?? owner
            record.origin = arrival.origin
            if record.owner == known.owner {
                try put(record)
            } else {
                try giveFirstOwner(&record, by: caller, at: now)
            }
        } else {
            record = try arrival.newcomer(for: caller, calledSo: id)
            if let ended = try cart(at: arrival.origin.id) {
                // A reading from before somebody else's says nothing against the record: the cart is read again with the next try.
                guard ended.origin.map({ $0.matchedAt < now }) ?? true else {
                    throw .sourceUnavailable(.unavailable(cause: "read before a later reading"))
                }
                try end(ended, by: caller, at: now)
            }
            record.version = try nextVersion()
            record.incarnation = Incarnation(record.version.number)
            try put(record)
            try self.record(
                AuditEntry(at: now, actor: caller.auditName, action: .cartShared, cart: record.id, after: "version \(record.version)")
            )
        }
        return record.filled(by: arrival.sourced)
    }

    private func giveFirstOwner(_ cart: inout Cart, by caller: Caller, at now: Timestamp) throws(ShareError) {
        cart.version = try nextVersion()
        try put(cart)
        try withdrawOwners(of: cart, at: now)
        try record(
            AuditEntry(
                at: now,
                actor: caller.auditName,
                action: .cartShared,
                cart: cart.id,
                before: "no owner",
                after: cart.owner.map { "\($0.subject)" }
            ),
            telling: [.ownerChanged(cart, at: now)]
        )
    }

    private func end(_ cart: Cart, by caller: Caller, at now: Timestamp) throws(ShareError) {
        try deleteCart(cart.id)
        try record(
            AuditEntry(
                at: now,
                actor: caller.auditName,
                action: .cartDeleted,
                cart: cart.id,
                reason: "the platform gave its id to another cart",
                before: "version \(cart.version)"
            ),
            telling: [.deleted(cart, at: now)]
        )
    }
}

extension Arrival {
    /// The record to be. Only a service that names the platform's cart means this one: an alias has come to the end of what it named.
    fileprivate func newcomer(for caller: Caller, calledSo id: CartID) throws(ShareError) -> Cart {
        guard case .service = caller, PlatformCartID(id.text) == origin.id else { throw .cartNotFound }
        return newcomer
    }

    /// Whether the record is of the cart that arrived, and not of an earlier one with the same id.
    fileprivate func isOf(_ record: Cart) -> Bool {
        record.origin?.fingerprint.fits(origin.fingerprint) ?? false
    }
}
