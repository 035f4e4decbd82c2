// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension GlueResource {
    /// A grant as Spryker's shared cart: `{idCompanyUser, idCartPermissionGroup}`, null for a holder who is in no company.
    static func sharedCart(_ known: KnownGrant, for query: GlueQuery) -> GlueResource {
        let grant = known.held.grant
        let group = GluePermissionGroup(access: known.held.access)
        var resource = GlueResource(
            .sharedCarts,
            id: grant.id.text,
            attributes: [
                ("idCompanyUser", (grant.holder.companyUserID?.text).map(JSON.string) ?? .null),
                ("idCartPermissionGroup", .number(group.number)),
            ]
        )
        if query.includes(.permissionGroups) { resource.relate(.permissionGroups, [group.resource]) }
        if query.includes(.companyUsers), let id = grant.holder.companyUserID, let isActive = known.isHolderActive {
            resource.relate(.companyUsers, [.companyUser(id, isActive: isActive)])
        }
        return resource
    }
}

extension Subject {
    fileprivate var companyUserID: CompanyUserID? {
        if case .companyUser(let id) = self { id } else { nil }
    }
}
