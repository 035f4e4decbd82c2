// SPDX-License-Identifier: Apache-2.0

/// Who a login names, or who owns a cart.
public struct Person: Hashable, Sendable {
    package let userID: UserID
    package let companyID: CompanyID?
    package let businessUnitID: BusinessUnitID?
    package let companyUserID: CompanyUserID?
    /// What his login says of him beside the ids, to be compared with what a platform's cart says of its owner. It is never kept.
    package let ownerName: OwnerName?

    package init(
        userID: UserID,
        companyID: CompanyID? = nil,
        businessUnitID: BusinessUnitID? = nil,
        companyUserID: CompanyUserID? = nil,
        ownerName: OwnerName? = nil
    ) {
        self.userID = userID
        self.companyID = companyID
        self.businessUnitID = businessUnitID
        self.companyUserID = companyUserID
        self.ownerName = ownerName
    }

    package var subject: Subject {
        companyUserID.map(Subject.companyUser) ?? .user(userID)
    }

    /// The person without his company: a shopper like any other.
    package var outsideCompany: Person { Person(userID: userID) }

    /// The person as a cart's owner: only who is a company user owns a cart in his company's name.
    var asOwner: Person { companyUserID == nil ? outsideCompany : self }

    /// Whether he comes with nothing of a company.
    var isOutsideCompany: Bool { companyID == nil && businessUnitID == nil && companyUserID == nil }

    /// Whether both are the same person in the same role: user, company and company user agree; the unit may change.
    package func isSame(as other: Person) -> Bool {
        userID == other.userID && companyUserID == other.companyUserID && companyID == other.companyID
    }
}
