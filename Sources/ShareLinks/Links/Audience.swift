// SPDX-License-Identifier: Apache-2.0

/// Whom a link is for.
public enum Audience: Hashable, Sendable {
    /// Anyone who has the link.
    case external
    /// Logged-in people inside a circle that was frozen when the link was issued.
    case `internal`(Circle)

    public enum Circle: Hashable, Sendable {
        case person(Subject)
        case businessUnit(BusinessUnitID, of: CompanyID)
        case company(CompanyID)
        /// Any logged-in customer of the shop.
        case shop
    }

    package var name: String {
        switch self {
        case .external: "external"
        case .internal: "internal"
        }
    }

    package var circle: Circle? {
        switch self {
        case .external: nil
        case .internal(let circle): circle
        }
    }
}

extension Audience.Circle {
    /// The circles by the names that requests and configuration use.
    public enum Kind: String, Sendable, CaseIterable {
        case person
        case businessUnit = "business-unit"
        case company
        case shop
    }

    package var kind: Kind {
        switch self {
        case .person: .person
        case .businessUnit: .businessUnit
        case .company: .company
        case .shop: .shop
        }
    }

    /// The company whose people the circle holds.
    package var company: CompanyID? {
        switch self {
        case .businessUnit(_, let company), .company(let company): company
        case .person, .shop: nil
        }
    }

    /// The unit whose people the circle holds.
    var unit: BusinessUnitID? {
        if case .businessUnit(let unit, _) = self { unit } else { nil }
    }

    /// Whether a logged-in person is inside. What is absent never matches; a unit counts only inside its company.
    package func contains(_ person: Person) -> Bool {
        switch self {
        case .person(let subject): person.subject == subject
        case .businessUnit(let unit, let company): person.businessUnitID == unit && person.companyID == company
        case .company(let company): person.companyID == company
        case .shop: true
        }
    }
}
