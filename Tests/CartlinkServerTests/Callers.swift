// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logins
import ShareLinks

/// The people of the tests.
enum People {
    static let owner = person("olivia", company: "acme", unit: "buying", companyUser: "acme-olivia")
    static let sameUnit = person("carlos", company: "acme", unit: "buying", companyUser: "acme-carlos")
    static let sameCompany = person("dora", company: "acme", unit: "sales", companyUser: "acme-dora")
    static let customer = person("erik")

    static func person(_ user: String, company: String? = nil, unit: String? = nil, companyUser: String? = nil) -> Person {
        Person(
            userID: UserID(user)!,
            companyID: company.map { CompanyID($0)! },
            businessUnitID: unit.map { BusinessUnitID($0)! },
            companyUserID: companyUser.map { CompanyUserID($0)! }
        )
    }
}

/// The machine callers of the tests, with keys that open nothing else.
enum Services {
    struct Entry: Sendable {
        let account: ServiceAccount
        let key: String

        init(_ name: String, _ scopes: Set<Scope>) {
            account = ServiceAccount(name: name, scopes: scopes)
            key = "test-key-of-\(name)-" + String(repeating: "k", count: 32)
        }
    }

    static let storefront = Entry("storefront", [.issueLinks, .resolveLinks, .writeCarts, .readCarts])
    static let reader = Entry("reader", [.readCarts])
    static let admin = Entry("anna", [.admin])
    static let all = [storefront, reader, admin]
}

/// The logins of the tests' issuer.
enum TestLogins {
    static func issuer(audience: String = "cartlink", secret: UInt8 = 7) throws -> Issuer {
        try Issuer(
            issuer: "tests",
            audience: audience,
            algorithms: [.hs256],
            keys: .secret(try LoginSecret([UInt8](repeating: secret, count: 32))),
            claims: .init(user: "sub", company: "company_id", businessUnit: "business_unit_id", companyUser: "company_user_id")
        )
    }

    static func token(
        _ person: Person,
        at now: Timestamp = SettableClock.start,
        lifetime: Int64 = 3600,
        from issuer: Issuer? = nil
    ) throws -> String {
        try DevelopmentIssuer(issuer ?? Self.issuer())!.token(
            user: person.userID.text,
            company: person.companyID?.text,
            businessUnit: person.businessUnitID?.text,
            companyUser: person.companyUserID?.text,
            lifetime: lifetime,
            now: now.seconds
        )
    }
}

/// Who sends a request in a test.
enum TestCaller: Sendable {
    case stranger
    case person(Person)
    case service(Services.Entry)

    func headers() throws -> HTTPFields {
        switch self {
        case .stranger: [:]
        case .person(let person): .bearer(try TestLogins.token(person))
        case .service(let entry): .bearer(entry.key)
        }
    }
}

extension HTTPFields {
    static func bearer(_ credential: String) -> HTTPFields {
        [.authorization: "Bearer \(credential)"]
    }
}
