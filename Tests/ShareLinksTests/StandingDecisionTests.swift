// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("What a caller is to a cart")
struct StandingDecisionTests {
    private let buyers = Samples.cart(owner: Samples.buyer)
    private let service = Caller.service(ServiceAccount(name: "storefront", scopes: [.resolveLinks]))
    private let otto = Caller.person(Samples.person("otto", company: "acme", unit: "north", companyUser: "cu-2"))
    private let outsider = Caller.person(Samples.person("ole", company: "other", unit: "north", companyUser: "cu-5"))
    private static let company = Audience.Circle.company(CompanyID("acme")!)

    /// What the caller is through a link whose record and token agree.
    private func standing(
        _ caller: Caller,
        through audience: Audience,
        access: Access = .readOnly,
        in cart: Cart? = nil
    ) throws(ShareError) -> Standing {
        let link = Samples.link(audience, access: access)
        return try Standing.of(caller, in: cart ?? buyers, holding: nil, through: (link, Samples.token(mode: link.mode)))
    }

    @Test func strangerAtAnExternalLinkIsAGuest() throws {
        for caller in [.stranger, otto, outsider, service] {
            #expect(try standing(caller, through: .external) == .guest)
        }
    }

    @Test func ownerIsOwnerThroughEveryLinkAndWithout() throws {
        let owner = Caller.person(Samples.buyer)
        #expect(try Standing.of(owner, in: buyers, holding: nil, through: nil) == .owner)
        for audience in [Audience.external, .internal(.shop), .internal(.person(.user(UserID("berta")!)))] {
            #expect(try standing(owner, through: audience) == .owner)
        }
    }

    @Test(arguments: [Audience.Circle.shop, company, .person(.companyUser(CompanyUserID("cu-2")!))])
    func internalLinkNeedsALogin(circle: Audience.Circle) {
        #expect(throws: ShareError.loginRequired) { try standing(.stranger, through: .internal(circle)) }
    }

    @Test(arguments: [
        company, .businessUnit(BusinessUnitID("north")!, of: CompanyID("acme")!), .person(.companyUser(CompanyUserID("cu-2")!)),
    ])
    func insiderIsAMemberAndOutsiderIsRefused(circle: Audience.Circle) throws {
        for access in Access.allCases {
            // Full access is had by accepting, never by looking.
            #expect(try standing(otto, through: .internal(circle), access: access) == .memberByLink)
            #expect(throws: ShareError.notAMember) { try standing(outsider, through: .internal(circle), access: access) }
        }
    }

    @Test func customerAtAShopLinkIsAGuest() throws {
        #expect(try standing(outsider, through: .internal(.shop)) == .guest)
        #expect(try standing(.person(Samples.consumer), through: .internal(.shop), access: .full) == .guest)
    }

    @Test func serviceAtAnInternalLinkIsAService() throws {
        #expect(try standing(service, through: .internal(Self.company)) == .service([.resolveLinks]))
    }

    @Test func withoutALinkOnlyServicesMayKnowOfTheCart() throws {
        #expect(try Standing.of(service, in: buyers, holding: nil, through: nil) == .service([.resolveLinks]))
        for caller in [.stranger, otto, outsider] {
            #expect(throws: ShareError.cartNotFound) { try Standing.of(caller, in: buyers, holding: nil, through: nil) }
        }
    }

    /// A record that was widened in the store lets nobody in by the wider rule.
    @Test func externalRecordUnderAnInternalTokenOpensForNoPerson() throws {
        for mode in [LinkMode.internalReadOnly, .internalFull] {
            let link = Samples.link(.external, mode: mode)
            let token = Samples.token(mode: mode)
            #expect(throws: ShareError.loginRequired) { try Standing.of(.stranger, in: buyers, holding: nil, through: (link, token)) }
            for caller in [otto, outsider, .person(Samples.consumer)] {
                #expect(throws: ShareError.notAMember) { try Standing.of(caller, in: buyers, holding: nil, through: (link, token)) }
            }
            #expect(try Standing.of(.person(Samples.buyer), in: buyers, holding: nil, through: (link, token)) == .owner)
        }
    }

    @Test func internalRecordUnderAnExternalTokenKeepsItsCircle() throws {
        let link = Samples.link(.internal(Self.company), mode: .externalReadOnly)
        let token = Samples.token(mode: .externalReadOnly)
        #expect(throws: ShareError.loginRequired) { try Standing.of(.stranger, in: buyers, holding: nil, through: (link, token)) }
        #expect(throws: ShareError.notAMember) { try Standing.of(outsider, in: buyers, holding: nil, through: (link, token)) }
        #expect(try Standing.of(otto, in: buyers, holding: nil, through: (link, token)) == .memberByLink)
    }

    /// A grant counts wherever its holder comes in, and never makes him more than a member.
    @Test(arguments: [(Access.full, Standing.fullGrant), (.readOnly, .readOnlyGrant)])
    func holderOfAGrantIsAMemberByItThroughEveryLinkAndWithout(held: Access, expected: Standing) throws {
        for caller in [otto, outsider, .person(Samples.consumer)] {
            #expect(try Standing.of(caller, in: buyers, holding: held, through: nil) == expected)
            for audience in [Audience.external, .internal(.shop), .internal(Self.company), .internal(.person(.user(UserID("berta")!)))] {
                let link = Samples.link(audience)
                let through = (link, Samples.token(mode: link.mode))
                #expect(try Standing.of(caller, in: buyers, holding: held, through: through) == expected)
            }
        }
    }

    @Test(arguments: Access.allCases)
    func ownerWhoHoldsAGrantIsTheOwner(held: Access) throws {
        #expect(try Standing.of(.person(Samples.buyer), in: buyers, holding: held, through: nil) == .owner)
    }

    /// Grants are people's: one that reached a stranger or a service by mistake would give nothing.
    @Test(arguments: Access.allCases)
    func grantGivesStrangersAndServicesNothing(held: Access) throws {
        #expect(throws: ShareError.cartNotFound) { try Standing.of(.stranger, in: buyers, holding: held, through: nil) }
        #expect(try Standing.of(service, in: buyers, holding: held, through: nil) == .service([.resolveLinks]))
    }

    /// Full access through a link is had by accepting it, not by coming through it.
    @Test func memberWithoutAGrantIsAMemberByLinkWhateverTheLinkOffers() throws {
        for access in Access.allCases {
            #expect(try standing(otto, through: .internal(Self.company), access: access) == .memberByLink)
        }
    }

    @Test(arguments: [
        // A consumer's cart: the user alone decides.
        (Samples.consumer, Samples.consumer, true),
        (Samples.consumer, Samples.person("berta", company: "acme", companyUser: "cu-9"), true),
        (Samples.consumer, Samples.person("Berta"), false),
        // A company's cart: the same user in the same role.
        (Samples.buyer, Samples.buyer, true),
        (Samples.buyer, Samples.person("anna", companyUser: "cu-1"), true),
        (Samples.buyer, Samples.person("anna"), false),
        (Samples.buyer, Samples.person("anna", company: "acme", unit: "north"), false),
        (Samples.buyer, Samples.person("anna", company: "acme", unit: "north", companyUser: "cu-2"), false),
        (Samples.buyer, Samples.person("otto", company: "acme", unit: "north", companyUser: "cu-1"), false),
        // A company without a company user names nobody, not even someone who lacks one too.
        (Samples.person("anna", company: "acme"), Samples.person("anna", company: "acme"), false),
        (Samples.person("anna", company: "acme"), Samples.person("anna"), false),
        (Samples.person("anna", companyUser: "cu-1"), Samples.person("anna"), false),
    ])
    func ownerIsTheSameUserInTheSameRole(owner: Person, person: Person, isOwner: Bool) {
        #expect(Samples.cart(owner: owner).isOwned(by: person) == isOwner)
    }

    @Test func guestsCartHasNoOwner() throws {
        let guests = Samples.cart(owner: nil)
        #expect(!guests.isOwned(by: Samples.consumer))
        #expect(throws: ShareError.cartNotFound) { try Standing.of(.person(Samples.consumer), in: guests, holding: nil, through: nil) }
        #expect(try standing(.person(Samples.consumer), through: .external, in: guests) == .guest)
    }

    @Test func auditNamesOfPeopleAndServicesNeverMeet() {
        #expect(Caller.stranger.auditName == "stranger" && Caller.stranger.person == nil)
        #expect(Caller.person(Samples.buyer).auditName == "company-user:cu-1")
        #expect(Caller.person(Samples.consumer).auditName == "user:berta")
        #expect(service.auditName == "service:storefront" && service.person == nil)
    }
}
