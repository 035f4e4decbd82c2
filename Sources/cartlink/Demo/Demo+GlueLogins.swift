// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import ShareLinks

extension Demo {
    /// The demo's people for clients of Spryker's Glue API: each has his user id for a name, and all have one password.
    static func glueLogins(password: String, _ settings: Settings) -> GlueLogins {
        GlueLogins(
            customer: { name, given in
                guard given == password, let person = people.first(where: { $0.userID.text == name }) else { return nil }
                return try login(person.outsideCompany, settings, lifetime: GlueLogins.lifetime)
            },
            companyUser: { customer, id in
                guard let person = people.first(where: { $0.userID == customer && $0.companyUserID == id }) else { return nil }
                return try login(person, settings, lifetime: GlueLogins.lifetime)
            }
        )
    }
}
