// SPDX-License-Identifier: Apache-2.0

/// Who makes a request.
package enum Caller: Hashable, Sendable {
    case stranger
    case person(Person)
    case service(ServiceAccount)

    package var person: Person? {
        if case .person(let person) = self { person } else { nil }
    }

    /// The name that the audit uses.
    package var auditName: String {
        switch self {
        case .stranger: "stranger"
        case .person(let person): "\(person.subject)"
        case .service(let service): "service:\(service.name)"
        }
    }
}

/// A machine caller with a name and scopes; an administrator is one with the scope `admin`.
package struct ServiceAccount: Hashable, Sendable {
    package let name: String
    package let scopes: Set<Scope>

    package init(name: String, scopes: Set<Scope>) {
        self.name = name
        self.scopes = scopes
    }
}

/// What a service may ask for.
package enum Scope: String, Sendable, CaseIterable {
    case issueLinks = "links:issue"
    case resolveLinks = "links:resolve"
    case writeCarts = "carts:write"
    case readCarts = "carts:read"
    case writeDirectory = "directory:write"
    case admin
}
