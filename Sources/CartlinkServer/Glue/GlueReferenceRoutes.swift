// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// `/glue/cart-permission-groups` and `/glue/company-users`: what a client needs to name when it shares a cart.
struct GlueReferenceRoutes: RouteGroup {
    let door: GlueDoor
    let sharing: Sharing

    /// A company with more people shows the first, by id.
    static let mostColleagues = 1000

    func add(to router: Router<ServerContext>) {
        router.get(
            "/glue/cart-permission-groups",
            use: door.handler(.permissionGroups) { visit in
                _ = try await visit.person()
                return visit.collection(GluePermissionGroup.all.map(\.resource))
            }
        )
        router.get(
            "/glue/cart-permission-groups/{groupId}",
            use: door.handler(.permissionGroups) { visit in
                _ = try await visit.person()
                guard let group = visit.context.parameters.get("groupId").flatMap({ GluePermissionGroup(id: $0) }) else {
                    throw GlueRefusal(.permissionGroupNotFound(.notFound))
                }
                return visit.one(group.resource)
            }
        )
        router.get(
            "/glue/company-users",
            use: door.handler(.companyUsers) { visit in
                let person = try await visit.person()
                guard let colleagues = try await sharing.colleagues(of: person, limit: Self.mostColleagues) else {
                    throw GlueRefusal(.companyUserNotSelected)
                }
                return visit.collection(colleagues.map { .companyUser($0.id, isActive: $0.status == .active) })
            }
        )
    }
}
