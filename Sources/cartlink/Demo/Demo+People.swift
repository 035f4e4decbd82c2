// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension Demo {
    static let owner = Person(
        userID: UserID("olivia")!,
        companyID: CompanyID("acme")!,
        businessUnitID: BusinessUnitID("buying")!,
        companyUserID: CompanyUserID("acme-olivia")!
    )
    static let colleague = Person(
        userID: UserID("carlos")!,
        companyID: CompanyID("acme")!,
        businessUnitID: BusinessUnitID("buying")!,
        companyUserID: CompanyUserID("acme-carlos")!
    )
    /// A customer of the shop, in no company: a cart prepared for her can become hers.
    static let customer = Person(userID: UserID("dana")!)
    /// Someone of another company, to whom nothing here is open.
    static let outsider = Person(
        userID: UserID("erik")!,
        companyID: CompanyID("globex")!,
        businessUnitID: BusinessUnitID("sales")!,
        companyUserID: CompanyUserID("globex-erik")!
    )
    static let people = [owner, colleague, customer, outsider]

    /// Tells the directory who belongs to which company, as a shop would; who left during an earlier run is back.
    func fillDirectory(_ sharing: Sharing, at now: Timestamp) async throws {
        for person in Self.people {
            guard let id = person.companyUserID else { continue }
            _ = try await sharing.put(id, as: person, isActive: true, by: Self.storefront, at: now)
        }
    }
}
