// SPDX-License-Identifier: Apache-2.0

/// What a new link will be: an order, judged against the cart's owner and the shop's rules.
struct LinkTerms {
    let audience: Audience
    let access: Access
    let label: LinkLabel?
    let showPrices: Bool
    let card: LinkCard
    let isSnapshot: Bool
    let maxAccepts: Int?
    let allowsTakeOver: Bool
    let expiresAt: Timestamp

    init(_ order: LinkOrder, for owner: Person?, under rules: SharingRules, at now: Timestamp) throws(ShareError) {
        switch order.audience {
        case .external:
            try order.refuseInternalFields()
            guard order.access == .readOnly else { throw .externalLinksAreReadOnly }
            audience = .external
        case .internal:
            try order.refuseExternalFields()
            audience = .internal(try order.circle(for: owner))
        }
        guard rules.allow(audience, order.access) else { throw .notAllowedHere }
        try order.checkTakeOver()
        access = order.access
        maxAccepts = order.maxAccepts
        allowsTakeOver = order.allowsTakeOver
        label = order.label
        card = order.card
        isSnapshot = order.isSnapshot
        // Negotiated prices are the company's own business unless its owner says otherwise.
        showPrices = order.showPrices ?? (audience != .external || (owner?.companyID == nil && rules.external.showPrices))
        expiresAt = try order.lifetime.end(from: now, within: rules.term(for: audience))
    }

    func link(id: LinkID, to cart: Cart, author: Link.Author, key: LinkKey, serial: Serial, at now: Timestamp) -> Link {
        Link(
            id: id,
            cart: cart.id,
            incarnation: cart.incarnation,
            audience: audience,
            mode: LinkMode(audience: audience, access: access),
            access: access,
            label: label,
            showPrices: showPrices,
            card: card,
            isSnapshot: isSnapshot,
            maxAccepts: maxAccepts,
            allowsTakeOver: allowsTakeOver,
            createdAt: now,
            serial: serial,
            author: author,
            expiresAt: expiresAt,
            keySlot: key.slot,
            key: key.fingerprint
        )
    }
}

extension LinkOrder {
    fileprivate func refuseInternalFields() throws(ShareError) {
        var faults: [InputFault] = []
        if circle != nil { faults.append(InputFault("/within", .needsInternal)) }
        if person != nil { faults.append(InputFault("/personId", .needsInternal)) }
        if maxAccepts != nil { faults.append(InputFault("/maxAccepts", .needsInternal)) }
        if allowsTakeOver { faults.append(InputFault("/allowTakeOver", .needsInternal)) }
        guard faults.isEmpty else { throw .invalidInput(faults) }
    }

    /// The card of an internal link tells nothing of the cart, and its people see the cart as it is.
    fileprivate func refuseExternalFields() throws(ShareError) {
        var faults: [InputFault] = []
        if card != .neutral { faults.append(InputFault("/card", .needsExternal)) }
        if isSnapshot { faults.append(InputFault("/snapshot", .needsExternal)) }
        guard faults.isEmpty else { throw .invalidInput(faults) }
    }

    /// Only a link with full access that one person alone can accept may give the cart away: never to whoever is first.
    fileprivate func checkTakeOver() throws(ShareError) {
        guard allowsTakeOver else { return }
        guard access == .full else { throw .invalidInput([InputFault("/allowTakeOver", .needsFull)]) }
        guard circle == .person || maxAccepts == 1 else { throw .invalidInput([InputFault("/allowTakeOver", .needsOnePerson)]) }
    }

    /// The circle with the owner's ids frozen into it: the business unit where there is one, else the company.
    fileprivate func circle(for owner: Person?) throws(ShareError) -> Audience.Circle {
        let kind = circle ?? owner?.narrowestCircle
        if person != nil, kind != .person { throw .invalidInput([InputFault("/personId", .needsPerson)]) }
        switch kind {
        case .person:
            guard let person else { throw .invalidInput([InputFault("/personId", .required)]) }
            guard person != owner?.subject else { throw .cannotShareWithOneself }
            return .person(person)
        case .businessUnit:
            guard let unit = owner?.businessUnitID, let company = owner?.companyID else { throw .ownerLacks }
            return .businessUnit(unit, of: company)
        case .company:
            guard let company = owner?.companyID else { throw .ownerLacks }
            return .company(company)
        case .shop: return .shop
        case nil: throw .invalidInput([InputFault("/within", .required)])
        }
    }
}

extension Person {
    fileprivate var narrowestCircle: Audience.Circle.Kind? {
        guard companyID != nil else { return nil }
        return businessUnitID == nil ? .company : .businessUnit
    }
}

extension ShareError {
    fileprivate static var ownerLacks: ShareError { .invalidInput([InputFault("/within", .ownerLacks)]) }
}

extension LinkOrder.Lifetime {
    fileprivate func end(from now: Timestamp, within term: SharingRules.Term) throws(ShareError) -> Timestamp {
        switch self {
        case .standard: return now.adding(seconds: min(term.standard, term.longest))
        case .seconds(let seconds):
            guard seconds >= 1 else { throw .invalidInput([InputFault("/expiresIn", .range)]) }
            guard seconds <= term.longest else { throw .invalidInput([InputFault("/expiresIn", .tooLate)]) }
            return now.adding(seconds: seconds)
        case .until(let end):
            try end.checkExpiry(now: now, created: now, term: term)
            return end
        }
    }
}

extension Timestamp {
    /// Refuses an `expiresAt` that has passed, or that is later than links of this kind may live from their creation.
    func checkExpiry(now: Timestamp, created: Timestamp, term: SharingRules.Term) throws(ShareError) {
        guard self > now else { throw .invalidInput([InputFault("/expiresAt", .past)]) }
        guard self <= created.adding(seconds: term.longest) else { throw .invalidInput([InputFault("/expiresAt", .tooLate)]) }
    }
}
