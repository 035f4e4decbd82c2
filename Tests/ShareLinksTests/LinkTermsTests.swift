// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("What a new link will be")
struct LinkTermsTests {
    private static let day: Int64 = 86_400
    private static let company = CompanyID("acme")!
    private static let otto = Subject("company-user:cu-2")!

    private func terms(
        _ order: LinkOrder,
        owner: Person? = Samples.buyer,
        rules: SharingRules = SharingRules()
    ) throws(ShareError) -> LinkTerms {
        try LinkTerms(order, for: owner, under: rules, at: Samples.now)
    }

    private func seconds(_ terms: LinkTerms) -> Int64 {
        (terms.expiresAt.milliseconds - Samples.now.milliseconds) / 1000
    }

    // MARK: The circle

    @Test(arguments: [
        (Samples.buyer, Audience.Circle.businessUnit(BusinessUnitID("north")!, of: company)),
        (Samples.person("anna", company: "acme", companyUser: "cu-1"), .company(company)),
    ])
    func defaultCircleIsTheNarrowestTheOwnerHas(owner: Person, circle: Audience.Circle) throws {
        #expect(try terms(LinkOrder(audience: .internal, access: .readOnly), owner: owner).audience == .internal(circle))
    }

    @Test(arguments: [nil, Samples.consumer, Samples.person("anna", unit: "north")])
    func ownerWithoutCompanyMustNameTheCircle(owner: Person?) {
        expectFault("/within", .required) { () throws(ShareError) in
            try terms(LinkOrder(audience: .internal, access: .readOnly), owner: owner)
        }
    }

    @Test(
        arguments: [
            (Audience.Circle.Kind.businessUnit, Samples.person("anna", company: "acme", companyUser: "cu-1")),
            (.businessUnit, Samples.person("anna", unit: "north")), (.businessUnit, Samples.consumer), (.businessUnit, nil),
            (.company, Samples.consumer), (.company, Samples.person("anna", unit: "north")), (.company, nil),
        ] as [(Audience.Circle.Kind, Person?)]
    )
    func circleThatTheOwnerLacksIsRefused(kind: Audience.Circle.Kind, owner: Person?) {
        expectFault("/within", .ownerLacks) { () throws(ShareError) in
            try terms(LinkOrder(audience: .internal, access: .readOnly, circle: kind), owner: owner)
        }
    }

    @Test func circleTakesTheOwnersIDs() throws {
        let company = try terms(LinkOrder(audience: .internal, access: .full, circle: .company))
        #expect(company.audience == .internal(.company(Self.company)) && company.access == .full)
        let person = try terms(LinkOrder(audience: .internal, access: .readOnly, circle: .person, person: Self.otto))
        #expect(person.audience == .internal(.person(Self.otto)))
        for owner in [nil, Samples.consumer, Samples.buyer] {
            #expect(try terms(LinkOrder(audience: .internal, access: .readOnly, circle: .shop), owner: owner).audience == .internal(.shop))
        }
    }

    @Test func personCircleNeedsAPersonAndOnlyItTakesOne() {
        expectFault("/personId", .required) { () throws(ShareError) in
            try terms(LinkOrder(audience: .internal, access: .readOnly, circle: .person))
        }
        for kind in [nil, Audience.Circle.Kind.businessUnit, .company, .shop] {
            for owner in [Samples.buyer, nil] {
                expectFault("/personId", .needsPerson) { () throws(ShareError) in
                    try terms(LinkOrder(audience: .internal, access: .readOnly, circle: kind, person: Self.otto), owner: owner)
                }
            }
        }
    }

    // MARK: External links

    @Test func externalLinkIsReadOnlyAlways() throws {
        #expect(throws: ShareError.externalLinksAreReadOnly) { try terms(LinkOrder(audience: .external, access: .full)) }
        let taken = try terms(LinkOrder(audience: .external, access: .readOnly))
        #expect(taken.audience == .external && taken.access == .readOnly)
    }

    @Test func externalLinkHasNoFieldsOfInternalOnes() {
        expectFault("/within", .needsInternal) { () throws(ShareError) in
            try terms(LinkOrder(audience: .external, access: .readOnly, circle: .shop))
        }
        let both = LinkOrder(audience: .external, access: .full, circle: .person, person: Self.otto)
        let faults = [InputFault("/within", .needsInternal), InputFault("/personId", .needsInternal)]
        #expect(throws: ShareError.invalidInput(faults)) { try terms(both) }
    }

    // MARK: What external links alone can have

    @Test func onlyExternalLinksPinTheCartOrNameProducts() throws {
        let external = try terms(LinkOrder(audience: .external, access: .readOnly, card: .items, isSnapshot: true))
        #expect(external.card == .items && external.isSnapshot)
        let plain = try terms(LinkOrder(audience: .internal, access: .readOnly, card: .neutral, isSnapshot: false))
        #expect(plain.card == .neutral && !plain.isSnapshot)
        #expect(throws: ShareError.invalidInput([InputFault("/card", .needsExternal), InputFault("/snapshot", .needsExternal)])) {
            try terms(LinkOrder(audience: .internal, access: .readOnly, card: .items, isSnapshot: true))
        }
    }

    // MARK: What the shop forbids

    @Test func shopMayForbidExternalLinks() throws {
        let rules = SharingRules(external: .init(isAllowed: false))
        #expect(throws: ShareError.notAllowedHere) { try terms(LinkOrder(audience: .external, access: .readOnly), rules: rules) }
        #expect(try terms(LinkOrder(audience: .internal, access: .full), rules: rules).access == .full)
    }

    @Test func shopMayForbidFullAccess() throws {
        let rules = SharingRules(internal: .init(allowsFull: false))
        #expect(throws: ShareError.notAllowedHere) { try terms(LinkOrder(audience: .internal, access: .full), rules: rules) }
        #expect(try terms(LinkOrder(audience: .internal, access: .readOnly), rules: rules).access == .readOnly)
    }

    @Test(arguments: Audience.Circle.Kind.allCases)
    func shopMayForbidEachCircle(kind: Audience.Circle.Kind) throws {
        let order = LinkOrder(audience: .internal, access: .readOnly, circle: kind, person: kind == .person ? Self.otto : nil)
        let others = Set(Audience.Circle.Kind.allCases).subtracting([kind])
        #expect(throws: ShareError.notAllowedHere) { try terms(order, rules: SharingRules(internal: .init(circles: others))) }
        #expect(try terms(order, rules: SharingRules(internal: .init(circles: [kind]))).audience.circle?.kind == kind)
    }

    @Test func defaultCircleIsForbiddenLikeANamedOne() {
        let rules = SharingRules(internal: .init(circles: [.company, .shop]))
        #expect(throws: ShareError.notAllowedHere) { try terms(LinkOrder(audience: .internal, access: .readOnly), rules: rules) }
    }

    // MARK: How long

    @Test func lifetimeIsTheStandardOneUnlessAsked() throws {
        #expect(seconds(try terms(LinkOrder(audience: .external, access: .readOnly))) == 7 * Self.day)
        #expect(seconds(try terms(LinkOrder(audience: .internal, access: .readOnly))) == 30 * Self.day)
        let rules = SharingRules(external: .init(term: .init(standard: 500, longest: 100)))
        #expect(seconds(try terms(LinkOrder(audience: .external, access: .readOnly), rules: rules)) == 100)
    }

    @Test(arguments: LinkOrder.AudienceKind.allCases)
    func lifetimeEndsAtTheMaximum(audience: LinkOrder.AudienceKind) throws {
        let longest = 80 * Self.day
        func order(_ lifetime: LinkOrder.Lifetime) -> LinkOrder { LinkOrder(audience: audience, access: .readOnly, lifetime: lifetime) }
        for asked in [1, longest] {
            #expect(seconds(try terms(order(.seconds(asked)))) == asked)
            #expect(seconds(try terms(order(.until(Samples.now.adding(seconds: asked))))) == asked)
        }
        for asked in [0, -1, Int64.min] {
            expectFault("/expiresIn", .range) { () throws(ShareError) in try terms(order(.seconds(asked))) }
        }
        for asked in [longest + 1, .max] {
            expectFault("/expiresIn", .tooLate) { () throws(ShareError) in try terms(order(.seconds(asked))) }
        }
        for (offset, reason) in [(0, InputFault.Reason.past), (-1, .past), (longest * 1000 + 1, .tooLate)] {
            let end = Timestamp(milliseconds: Samples.now.milliseconds + offset)
            expectFault("/expiresAt", reason) { () throws(ShareError) in try terms(order(.until(end))) }
        }
        expectFault("/expiresAt", .tooLate) { () throws(ShareError) in try terms(order(.until(.endOfCalendar))) }
    }

    // MARK: Prices

    @Test(
        arguments: [
            (LinkOrder.AudienceKind.external, Samples.consumer, Bool?.none, true, true),
            (.external, nil, nil, true, true),
            (.external, Samples.buyer, nil, true, false),
            (.external, Samples.consumer, nil, false, false),
            (.external, Samples.buyer, true, true, true),
            (.external, Samples.consumer, false, true, false),
            (.external, Samples.consumer, true, false, true),
            (.internal, Samples.buyer, nil, false, true),
            (.internal, Samples.buyer, false, true, false),
        ] as [(LinkOrder.AudienceKind, Person?, Bool?, Bool, Bool)]
    )
    func pricesOfCompaniesAreHiddenFromGuestsUnlessAsked(
        audience: LinkOrder.AudienceKind,
        owner: Person?,
        asked: Bool?,
        standard: Bool,
        shows: Bool
    ) throws {
        let rules = SharingRules(external: .init(showPrices: standard))
        let order = LinkOrder(audience: audience, access: .readOnly, showPrices: asked)
        #expect(try terms(order, owner: owner, rules: rules).showPrices == shows)
    }

    // MARK: The record

    @Test func recordTakesTheTermsAndTheKeysName() throws {
        let order = LinkOrder(audience: .internal, access: .full, circle: .shop, label: LinkLabel("for Otto"), lifetime: .seconds(60))
        let cart = Samples.cart(owner: Samples.buyer)
        let author = Link.Author(owner: Samples.buyer, service: "storefront")
        let key = Samples.key(3)
        let link = try terms(order).link(id: Samples.linkID, to: cart, author: author, key: key, serial: Serial(12), at: Samples.now)
        #expect(link.id == Samples.linkID && link.cart == cart.id && link.incarnation == cart.incarnation)
        #expect(link.audience == .internal(.shop) && link.access == .full && link.mode == .internalFull)
        #expect(link.label?.text == "for Otto" && link.author == author && link.showPrices)
        #expect(link.createdAt == Samples.now && link.expiresAt == Samples.now.adding(seconds: 60))
        #expect(link.keySlot == key.slot && link.key == key.fingerprint)
        #expect(link.status(at: Samples.now) == .active)
    }

    private func expectFault(
        _ pointer: String,
        _ reason: InputFault.Reason,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws(ShareError) -> LinkTerms
    ) {
        do {
            _ = try body()
            Issue.record("the order was taken", sourceLocation: sourceLocation)
        } catch {
            #expect(error == .invalidInput([InputFault(pointer, reason)]), sourceLocation: sourceLocation)
        }
    }
}
