// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Logs people in as Spryker's Glue does. Only a demo has it: the logins of a shop come from its identity provider.
package struct GlueLogins: Sendable {
    /// Seconds for which a login is valid, as in Glue.
    package static let lifetime: Int64 = 28_800

    /// A customer's login; nil for a wrong name or password.
    let customer: @Sendable (_ name: String, _ password: String) throws -> String?
    /// A login in the name of one of a customer's company users; nil for one that isn't his.
    let companyUser: @Sendable (_ customer: UserID, _ id: CompanyUserID) throws -> String?

    package init(
        customer: @escaping @Sendable (_ name: String, _ password: String) throws -> String?,
        companyUser: @escaping @Sendable (_ customer: UserID, _ id: CompanyUserID) throws -> String?
    ) {
        self.customer = customer
        self.companyUser = companyUser
    }
}
