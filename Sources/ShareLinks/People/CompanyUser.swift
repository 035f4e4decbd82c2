// SPDX-License-Identifier: Apache-2.0

/// What the directory knows of a company user: pushed by the shop or, until it does, learned from logins.
package struct CompanyUser: Sendable, Equatable {
    package let id: CompanyUserID
    /// User, company and unit; nil for one who left and of whom nothing else was known.
    package let person: Person?
    package let status: Status
    package let source: Source

    package enum Status: String, Sendable, CaseIterable {
        case active
        case inactive
        /// Deleted: the entry stays, so that a login which is still valid doesn't bring the person back.
        case left
    }

    package enum Source: String, Sendable, CaseIterable {
        case shop
        /// It names a person to colleagues, and never judges one.
        case login
    }

    package init(id: CompanyUserID, person: Person?, status: Status, source: Source) {
        self.id = id
        self.person = person
        self.status = status
        self.source = source
    }
}
