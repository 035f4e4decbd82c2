// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("Who is inside a circle")
struct AudienceTests {
    typealias Circle = Audience.Circle

    private static let acme = CompanyID("acme")!
    private static let other = CompanyID("other")!
    private static let north = BusinessUnitID("north")!

    private static let insider = Samples.person("otto", company: "acme", unit: "north", companyUser: "cu-2")
    private static let colleague = Samples.person("olga", company: "acme", unit: "south", companyUser: "cu-3")
    private static let unitless = Samples.person("oda", company: "acme", companyUser: "cu-4")
    private static let outsider = Samples.person("ole", company: "other", unit: "north", companyUser: "cu-5")
    /// Names a unit and no company, as a careless claim may.
    private static let homeless = Samples.person("ona", unit: "north")
    private static let everyone = [insider, colleague, unitless, outsider, homeless, Samples.consumer, Samples.buyer]

    @Test(
        arguments: [
            (Circle.businessUnit(north, of: acme), ["otto", "anna"]),
            (.businessUnit(north, of: other), ["ole"]),
            (.company(acme), ["otto", "olga", "oda", "anna"]),
            (.company(other), ["ole"]),
            (.person(.companyUser(CompanyUserID("cu-3")!)), ["olga"]),
            (.person(.user(UserID("berta")!)), ["berta"]),
            (.person(.user(UserID("ona")!)), ["ona"]),
            // A login with a company user is known by that name alone.
            (.person(.user(UserID("otto")!)), []),
            // Ids of different kinds never meet, even where their text agrees.
            (.person(.companyUser(CompanyUserID("berta")!)), []),
            (.person(.user(UserID("cu-2")!)), []),
            (.shop, ["otto", "olga", "oda", "ole", "ona", "berta", "anna"]),
        ] as [(Circle, [String])]
    )
    func circleHoldsExactlyItsPeople(circle: Circle, inside: [String]) {
        let found = Set(Self.everyone.filter(circle.contains).map(\.userID.text))
        #expect(found == Set(inside))
    }

    @Test func absentNeverMatches() {
        let nobody = Samples.consumer
        for circle in [Circle.company(Self.acme), .businessUnit(Self.north, of: Self.acme)] {
            #expect(!circle.contains(nobody))
            #expect(!circle.contains(Self.homeless))
        }
    }

    @Test func audiencesHaveTheNamesOfTheWire() {
        #expect(Audience.external.name == "external" && Audience.external.circle == nil)
        #expect(Audience.internal(.shop).name == "internal" && Audience.internal(.shop).circle == .shop)
        #expect(Circle.Kind.allCases.map(\.rawValue) == ["person", "business-unit", "company", "shop"])
        let circles = [Circle.person(.user(UserID("a")!)), .businessUnit(Self.north, of: Self.acme), .company(Self.acme), .shop]
        #expect(circles.map(\.kind) == Circle.Kind.allCases)
    }
}
