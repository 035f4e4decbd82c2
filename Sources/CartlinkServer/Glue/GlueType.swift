// SPDX-License-Identifier: Apache-2.0

/// The types of resources; each is also the name by which `include` asks for it.
enum GlueType: String, CaseIterable {
    case carts
    case items
    case sharedCarts = "shared-carts"
    case permissionGroups = "cart-permission-groups"
    case companyUsers = "company-users"
    case accessTokens = "access-tokens"
    case companyUserAccessTokens = "company-user-access-tokens"
}
