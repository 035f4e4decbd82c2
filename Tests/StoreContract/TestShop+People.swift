// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension TestShop {
    static let directory = ServiceAccount(name: "directory", scopes: [.writeDirectory])

    /// In carla's and dora's company, in another unit.
    static let eva = buyer("eva", unit: "sales", companyUser: "cu-eva")
    /// In a unit of the same name at another company.
    static let fred = buyer("fred", company: "other", companyUser: "cu-fred")

    package func accept(_ link: Link, as person: Person, at now: Timestamp = start) async throws(ShareError) -> Acceptance {
        try await accept(link, by: .person(person), at: now)
    }

    /// - Parameter mode: the token's mode, where it isn't the record's.
    func accept(_ link: Link, by caller: Caller, mode: LinkMode? = nil, at now: Timestamp = start) async throws(ShareError) -> Acceptance {
        try await sharing.accept(token(of: link, mode: mode), as: caller, at: now)
    }

    /// Takes a cart over; its document is then `{"taken":true}`.
    @discardableResult
    package func takeOver(_ link: Link, as person: Person, at now: Timestamp = start) async throws(ShareError) -> Cart {
        try await takeOver(link, by: .person(person), at: now)
    }

    @discardableResult
    func takeOver(_ link: Link, by caller: Caller, at now: Timestamp = start) async throws(ShareError) -> Cart {
        let offered = { @Sendable (_: Cart) throws(ShareError) in OfferedCart(name: nil, document: Self.takenDocument) }
        return try await sharing.takeOver(token(of: link), as: caller, asOffered: offered, at: now)
    }

    static let takenDocument = Array(#"{"taken":true}"#.utf8)

    private func token(of link: Link, mode: LinkMode? = nil) throws(ShareError) -> String {
        let ring = sharing.keys.ring
        guard let key = ring.key(named: link.key), let token = ring.token(for: link.id, mode: mode ?? link.mode, slot: key.slot) else {
            throw .linkNotFound
        }
        return token.text
    }

    /// Gives access by the word of the cart's owner.
    @discardableResult
    package func grant(
        _ access: Access,
        to person: Person,
        on cart: String = "cart-1",
        by owner: Person = carla,
        at now: Timestamp = start
    ) async throws(ShareError) -> Grant {
        try await sharing.grant(access, to: person.subject, on: CartID(cart)!, by: .person(owner), onBehalfOf: nil, at: now).held.grant
    }

    package func setAccess(of grant: Grant, to access: Access, by owner: Person = carla, at now: Timestamp = start) async throws(ShareError)
    {
        _ = try await sharing.setAccess(of: grant.id, to: access, by: .person(owner), onBehalfOf: nil, at: now)
    }

    package func withdraw(_ grant: Grant, by person: Person = carla, at now: Timestamp = start) async throws(ShareError) {
        try await sharing.withdraw(grant.id, by: .person(person), onBehalfOf: nil, at: now)
    }

    /// Enters a company user as `person` says.
    @discardableResult
    package func enter(_ person: Person, isActive: Bool = true, at now: Timestamp = start) async throws(ShareError) -> CompanyUser {
        guard let id = person.companyUserID else { throw .personUnknown }
        return try await sharing.put(id, as: person, isActive: isActive, by: Self.directory, at: now).user
    }

    /// Lets a company user leave for good.
    package func remove(_ person: Person, at now: Timestamp = start) async throws(ShareError) {
        guard let id = person.companyUserID else { throw .personUnknown }
        try await sharing.remove(id, by: Self.directory, at: now)
    }

    @discardableResult
    func comment(
        _ text: String,
        on cart: String = "cart-1",
        by person: Person,
        at now: Timestamp = start
    ) async throws(ShareError) -> Comment {
        guard let text = CommentText(text) else { throw .commentNotFound }
        return try await sharing.comment(text, on: CartID(cart)!, by: .person(person), at: now)
    }
}

extension TestShop {
    /// What a person is to a cart by its own address; nil to whom the cart doesn't exist.
    package func standing(of person: Person, on cart: String = "cart-1") async throws(ShareError) -> Standing? {
        do throws(ShareError) {
            return try await sharing.cart(CartID(cart)!, for: .person(person), at: TestShop.start).standing
        } catch .cartNotFound {
            return nil
        }
    }

    /// A person's grant as it is stored, also a withdrawn one.
    package func storedGrant(of person: Person, on cart: String = "cart-1") async throws(ShareError) -> Grant? {
        try await store.read { view throws(ShareError) in
            guard let cart = try view.cart(CartID(cart)!) else { return nil }
            return try view.grant(of: person.subject, on: cart.id, in: cart.incarnation)
        }
    }

    /// The grants on a cart that weren't withdrawn, the newest first.
    func storedGrants(on cart: String = "cart-1") async throws(ShareError) -> [Grant] {
        try await store.read { view throws(ShareError) in
            guard let cart = try view.cart(CartID(cart)!) else { return [] }
            return try view.grants(on: cart.id, in: cart.incarnation)
        }
    }

    func companyUser(_ person: Person) async throws(ShareError) -> CompanyUser? {
        try await store.read { view throws(ShareError) in try view.companyUser(person.companyUserID!) }
    }
}

extension Acceptance {
    /// The grant that was made, raised or held.
    package var grant: Grant? {
        switch self {
        case .gained(let held), .held(let held): held.grant
        case .owns: nil
        }
    }

    package var access: Access? {
        switch self {
        case .gained(let held), .held(let held): held.access
        case .owns: nil
        }
    }

    package var isGain: Bool {
        if case .gained = self { true } else { false }
    }
}

extension LinkOrder {
    package static func unit(_ access: Access) -> LinkOrder { .internal(.businessUnit, access: access) }

    func acceptedBy(atMost count: Int) -> LinkOrder {
        var order = self
        order.maxAccepts = count
        return order
    }

    /// A link with which `person` may become the owner.
    package static func handOver(to person: Person) -> LinkOrder {
        var order = LinkOrder.internal(.person, person: person.subject, access: .full)
        order.allowsTakeOver = true
        return order
    }
}
