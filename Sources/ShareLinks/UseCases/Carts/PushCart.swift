// SPDX-License-Identifier: Apache-2.0

/// A cart as a service pushes it.
package struct CartPush: Sendable {
    package let id: CartID
    package let format: CartFormat
    package let owner: Person?
    package let name: String?
    package let document: [UInt8]
    package let transfersOwner: Bool
    /// The version that the service expects to replace.
    package let ifMatch: VersionCondition?

    package init(
        id: CartID,
        format: CartFormat,
        owner: Person?,
        name: String?,
        document: [UInt8],
        transfersOwner: Bool = false,
        ifMatch: VersionCondition? = nil
    ) {
        self.id = id
        self.format = format
        self.owner = owner
        self.name = name
        self.document = document
        self.transfersOwner = transfersOwner
        self.ifMatch = ifMatch
    }
}

/// `If-Match` (RFC 9110 section 13.1.1): `*`, or versions of which one must be the current one.
package enum VersionCondition: Sendable, Equatable {
    case exists
    case anyOf([CartVersion])

    func check(_ current: CartVersion?) throws(ShareError) {
        guard let current else { throw .versionDiffers(now: CartVersion(0)) }
        switch self {
        case .exists: return
        case .anyOf(let versions): guard versions.contains(current) else { throw .versionDiffers(now: current) }
        }
    }
}

extension Sharing {
    /// Stores a pushed cart as its next version.
    ///
    /// Another owner than the cart has is refused unless the push transfers it. A transfer starts a new life of the cart id, which
    /// ends all links and grants, unless a guest's cart gets its first owner.
    package func push(
        _ push: CartPush,
        by service: ServiceAccount,
        at now: Timestamp
    ) async throws(ShareError) -> (cart: Cart, isNew: Bool) {
        guard Standing.service(service.scopes).may(.writeCart) else { throw .scopeMissing(.writeCarts) }
        guard source == nil else { throw .cartSourceIsUpstream }
        return try await store.write(.ordinary) { store throws(ShareError) in
            let current = try store.cart(push.id)
            try push.ifMatch?.check(current?.version)
            let version = try store.nextVersion()
            let isTransfer = try current.map { cart throws(ShareError) in try push.changesOwner(of: cart) } ?? false
            let cart = Cart(
                id: push.id,
                incarnation: isTransfer ? Incarnation(version.number) : current?.incarnation ?? Incarnation(version.number),
                version: version,
                format: push.format,
                state: current?.state ?? .open,
                owner: push.owner,
                name: push.name,
                document: push.document,
                updatedAt: now
            )
            if isTransfer { try store.endLife(of: cart.id) }
            try store.put(cart)
            if let current, current.owner == nil { try store.withdrawOwners(of: cart, at: now) }
            try store.record(
                .pushed(cart, replacing: current?.version, isTransfer: isTransfer, by: service, at: now),
                telling: cart.notices(replacing: current, at: now)
            )
            return (cart, current == nil)
        }
    }
}

extension StoreTransaction {
    /// A guest's cart was shared before it had an owner, maybe with him: he needs no grant on his own cart.
    func withdrawOwners(of cart: Cart, at now: Timestamp) throws(ShareError) {
        guard let owner = cart.owner, var grant = try grant(of: owner.subject, on: cart.id, in: cart.incarnation) else { return }
        guard grant.withdrawnAt == nil else { return }
        grant.withdraw(at: now, decision: nil)
        try put(grant)
    }
}

extension Cart {
    /// A push of what the cart holds already is no news.
    fileprivate func notices(replacing before: Cart?, at now: Timestamp) -> [Notice] {
        var notices: [Notice] = []
        if let before, hasOtherOwner(than: before) { notices.append(.ownerChanged(self, at: now)) }
        if before?.document != document || before?.format != format { notices.append(.changed(self, at: now)) }
        return notices
    }

    private func hasOtherOwner(than before: Cart) -> Bool {
        guard let owner, let former = before.owner else { return owner != before.owner }
        return !owner.isSame(as: former)
    }
}

extension CartPush {
    /// Whether the push takes the cart from one owner to another, or to none.
    fileprivate func changesOwner(of cart: Cart) throws(ShareError) -> Bool {
        guard let present = cart.owner else { return false }
        if let owner, owner.isSame(as: present) { return false }
        guard transfersOwner else { throw .ownerDiffers }
        return true
    }
}

extension AuditEntry {
    fileprivate static func pushed(
        _ cart: Cart,
        replacing before: CartVersion?,
        isTransfer: Bool,
        by service: ServiceAccount,
        at now: Timestamp
    ) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: Caller.service(service).auditName,
            action: isTransfer ? .cartTransferred : .cartPushed,
            cart: cart.id,
            before: before.map { "version \($0)" },
            after: "version \(cart.version)"
        )
    }
}
