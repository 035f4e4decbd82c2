// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// Throws unless `id` names an active member of the caller's own company.
    ///
    /// It tells an unknown person from one of another company, so only facades ask whose contract tells that too.
    package func checkColleague(_ id: CompanyUserID?, of claimed: Person) async throws(ShareError) {
        try await store.read { view throws(ShareError) in
            guard let id, let known = try view.companyUser(id), known.status == .active, let colleague = known.person else {
                throw .personUnknown
            }
            guard let company = try view.present(claimed).companyID, company == colleague.companyID else { throw .otherCompany }
        }
    }
}
