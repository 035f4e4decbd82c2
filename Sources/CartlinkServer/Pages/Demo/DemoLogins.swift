// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Logs people in by clicking. Only a demo has it: the logins of a shop come from its identity provider.
package struct DemoLogins: Sendable {
    /// Seconds for which a login and its cookie are valid.
    package static let lifetime: Int64 = 28_800

    /// Someone whom a visitor of the demo can be.
    package struct Role: Sendable {
        let person: Person
        let name: String
        /// Who that is to the demo's cart.
        let part: String

        package init(_ person: Person, name: String, part: String) {
            self.person = person
            self.name = name
            self.part = part
        }

        var id: String { person.userID.text }
    }

    let roles: [Role]
    /// The cookie in which logins are looked for.
    let cookie: String
    let page: DemoLoginPage
    let login: @Sendable (Person) throws -> String

    /// - Parameter login: makes a fresh login.
    package init(roles: [Role], cookie: String, login: @escaping @Sendable (Person) throws -> String) throws {
        self.roles = roles
        self.cookie = cookie
        self.login = login
        page = try DemoLoginPage()
    }
}
