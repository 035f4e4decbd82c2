// SPDX-License-Identifier: Apache-2.0

/// What a machine caller may do.
package enum Scope: String, CaseIterable, Sendable {
    case issueLinks = "links:issue"
    case resolveLinks = "links:resolve"
    case writeCarts = "carts:write"
    case readCarts = "carts:read"
    case writeDirectory = "directory:write"
    case admin = "admin"
}

/// A machine caller: a name for the audit and what it may do.
package struct Service: Sendable, Equatable {
    package let name: String
    package let scopes: Set<Scope>

    package init(name: String, scopes: Set<Scope>) {
        self.name = name
        self.scopes = scopes
    }
}
