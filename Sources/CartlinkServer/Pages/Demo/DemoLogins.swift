// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Logs people in by clicking. Only a demo has it: the logins of a shop come from its identity provider.
package struct DemoLogins: Sendable {
    /// Seconds for which the cookie and the login in it are valid.
    static let cookieLifetime: Int64 = 28_800
    /// Seconds for which a login that the page's script gets is valid: so short that its renewal is part of what the demo shows.
    static let scriptLifetime: Int64 = 300

    /// Someone whom a visitor of the demo can be.
    package struct Role: Sendable {
        let person: Person
        let name: String
        /// Who that is to the demo's cart.
        let part: String
        /// Whether the shop's page offers this one at first sight.
        let isMain: Bool

        package init(_ person: Person, name: String, part: String, isMain: Bool = false) {
            self.person = person
            self.name = name
            self.part = part
            self.isMain = isMain
        }

        var id: String { person.userID.text }
    }

    let roles: [Role]
    /// The cookie in which logins are looked for.
    let cookie: String
    let page: DemoLoginPage
    /// Makes a fresh login for a person that is valid for some seconds.
    let login: @Sendable (Person, _ lifetime: Int64) throws -> String

    package init(roles: [Role], cookie: String, login: @escaping @Sendable (Person, _ lifetime: Int64) throws -> String) throws {
        self.roles = roles
        self.cookie = cookie
        self.login = login
        page = try DemoLoginPage()
    }

    func role(of person: Person?) -> Role? {
        roles.first { $0.person.userID == person?.userID }
    }
}
