// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// A shop over one store: its use cases, its services and some people, at a fixed hour.
package struct TestShop: Sendable {
    package let store: any LinkStore
    package let sharing: Sharing
    package let administration: Administration

    package static let start = Timestamp(seconds: 1_790_000_000)
    package static let storefront = ServiceAccount(name: "storefront", scopes: [.writeCarts, .readCarts, .issueLinks, .resolveLinks])
    package static let admin = ServiceAccount(name: "ops", scopes: [.admin])

    package static let anna = Person(userID: UserID("anna")!)
    package static let ben = Person(userID: UserID("ben")!)
    package static let carla = buyer("carla", companyUser: "cu-carla")
    package static let dora = buyer("dora", companyUser: "cu-dora")

    package static func buyer(_ user: String, company: String = "acme", unit: String? = "paint", companyUser: String) -> Person {
        Person(
            userID: UserID(user)!,
            companyID: CompanyID(company)!,
            businessUnitID: unit.map { BusinessUnitID($0)! },
            companyUserID: CompanyUserID(companyUser)!
        )
    }

    package init(
        store: any LinkStore,
        rules: SharingRules = SharingRules(),
        source: (any CartSource)? = nil,
        keys: LiveKeys = LiveKeys(ring([key(0, state: .signing), key(1, state: .verifying)])),
        newLinkID: @escaping @Sendable () -> LinkID = SecureRandom.linkID,
        newGrantID: @escaping @Sendable () -> GrantID = SecureRandom.identifier,
        newCommentID: @escaping @Sendable () -> CommentID = SecureRandom.identifier
    ) {
        self.store = store
        sharing = Sharing(
            store: store,
            keys: keys,
            rules: rules,
            source: source,
            newLinkID: newLinkID,
            newGrantID: newGrantID,
            newCommentID: newCommentID
        )
        administration = Administration(store: store, keys: keys)
    }

    static func key(_ slot: UInt8, state: LinkKey.State, secret: UInt8? = nil) -> LinkKey {
        LinkKey(slot: KeySlot(rawValue: slot)!, secret: [UInt8](repeating: secret ?? slot + 1, count: 32), created: start, state: state)!
    }

    static func ring(_ keys: [LinkKey]) -> KeyRing {
        // The keys and the realm are constants of these tests.
        try! KeyRing(keys, realm: Realm(tenant: "test", host: "shop.example")!)
    }

    @discardableResult
    package func push(
        _ id: String = "cart-1",
        owner: Person? = anna,
        name: String? = nil,
        document: String = "{}",
        transfers: Bool = false,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp = start
    ) async throws(ShareError) -> Cart {
        try await sharing.push(
            CartPush(
                id: CartID(id)!,
                format: .cartlink,
                owner: owner,
                name: name,
                document: Array(document.utf8),
                transfersOwner: transfers,
                ifMatch: ifMatch
            ),
            by: Self.storefront,
            at: now
        ).cart
    }

    /// Issues a link by the person who owns the cart; for a guest's cart by the storefront.
    @discardableResult
    package func issue(
        _ order: LinkOrder = .external,
        to cart: String = "cart-1",
        by owner: Person? = anna,
        attempt: IssueAttempt? = nil,
        at now: Timestamp = start
    ) async throws(ShareError) -> Link {
        let caller = owner.map(Caller.person) ?? .service(Self.storefront)
        return try await sharing.issue(
            order,
            to: CartID(cart)!,
            by: caller,
            attempt: attempt,
            asShownToGuests: Self.shownToGuests,
            at: now
        )
    }

    /// A stand-in for a policy: tells which cart it was asked of, and how.
    static let shownToGuests: GuestProjection = { cart, showPrices throws(ShareError) in
        Array("\(cart.version) \(showPrices) ".utf8) + cart.document
    }

    func open(_ link: Link, as caller: Caller = .stranger, at now: Timestamp = start) async throws(ShareError) -> OpenedLink {
        guard let token = sharing.token(of: link) else { throw .linkNotFound }
        return try await sharing.open(token.text, as: caller, at: now)
    }

    package func stored(_ id: LinkID) async throws(ShareError) -> Link? {
        try await store.read { view throws(ShareError) in try view.link(id) }
    }

    /// Adds to what was counted of the link; answers the link after that.
    package func count(_ opens: LinkOpens, of link: Link) async throws(ShareError) -> Link {
        try await store.write(.ordinary) { store throws(ShareError) in
            try store.add(opens, to: link.id)
            return try store.link(link.id) ?? link
        }
    }

    func snapshot(of link: Link) async throws(ShareError) -> CartSnapshot? {
        try await store.read { view throws(ShareError) in try view.snapshot(of: link.id) }
    }

    package func change(
        _ link: Link,
        _ change: LinkChange,
        by owner: Person = anna,
        at now: Timestamp = start
    ) async throws(ShareError) -> Link {
        try await sharing.change(link.id, change, by: .person(owner), onBehalfOf: nil, at: now)
    }

    package func revoke(
        _ link: Link,
        keepsGrants: Bool = false,
        by owner: Person = anna,
        at now: Timestamp = start
    ) async throws(ShareError) {
        try await sharing.revoke(link.id, keepsGrants: keepsGrants, by: .person(owner), onBehalfOf: nil, at: now)
    }

    package func audit() async throws(ShareError) -> [AuditRecord] {
        try await administration.audit(for: TestShop.admin, matching: AuditQuery(), after: 0, limit: .max)
    }
}

extension LinkOrder {
    package static let external = LinkOrder(audience: .external, access: .readOnly)

    package static func `internal`(_ circle: Audience.Circle.Kind, person: Subject? = nil, access: Access = .readOnly) -> LinkOrder {
        LinkOrder(audience: .internal, access: access, circle: circle, person: person)
    }

    package static let snapshot = LinkOrder(audience: .external, access: .readOnly, isSnapshot: true)

    func labelled(_ text: String) -> LinkOrder {
        var order = self
        order.label = LinkLabel(text)
        return order
    }

    func lasting(seconds: Int64) -> LinkOrder {
        var order = self
        order.lifetime = .seconds(seconds)
        return order
    }
}

extension Timestamp {
    package static func + (moment: Timestamp, seconds: Int64) -> Timestamp { moment.adding(seconds: seconds) }
}
