// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The errors as Spryker's code words them, in the order of the checks that lead to them.
extension GlueError {
    // The framework
    static let notAcceptable = GlueError(.notAcceptable, "Not acceptable.")
    static let unsupportedMediaType = GlueError(.unsupportedMediaType, "Unsupported media type.")
    static let notFound = GlueError(.notFound, "Not Found")
    static let invalidType = GlueError(.badRequest, "Invalid type.")
    static let postDataInvalid = GlueError(.badRequest, "Post data is invalid.")
    static let resourceIDMissing = GlueError(.badRequest, "Resource id is not specified.")
    static let internalError = GlueError(.internalServerError, "Internal Server Error")

    // Logins
    static let tokenMissing = GlueError(.forbidden, "002", "Missing access token.")
    static let tokenInvalid = challenge("001", "Invalid access token.")
    static let loginFailed = challenge("003", "Failed to authenticate user.")

    // Attributes
    static func violation(_ field: String, _ text: String) -> GlueError {
        GlueError(.unprocessableContent, "901", "\(field) => \(text)")
    }

    // Carts and their items
    static let cartIDMissing = GlueError(.badRequest, "104", "Cart uuid is missing.")
    static let cartNotFound = GlueError(.notFound, "101", "Cart with given uuid not found.")
    static let itemNotFound = GlueError(.notFound, "103", "Item with the given group key not found in the cart.")
    static let itemNotAdded = GlueError(.unprocessableContent, "113", "Cart item could not be added.")
    static let itemNotUpdated = GlueError(.unprocessableContent, "114", "Cart item could not be updated.")
    static let itemNotDeleted = GlueError(.unprocessableContent, "106", "Cart item could not be deleted.")
    static let cartActionUnauthorized = GlueError(.forbidden, "115", "Unauthorized cart action.")

    // Company users
    static let companyUserNotSelected = GlueError(
        .forbidden,
        "1403",
        "Current company user is not set. You need to select the current company user with /company-user-access-tokens "
            + "in order to access the resource collection."
    )
    static let companyUserNotFound = GlueError(.notFound, "1404", "Company user not found")

    // Shared carts
    static let otherCompany = GlueError(.forbidden, "2703", "Cart can be shared only with company users from same company.")
    static let actionForbidden = GlueError(.forbidden, "2701", "Action is forbidden.")
    static let shareFailed = GlueError(.unprocessableContent, "2702", "Failed to share a cart.")
    static let sharedCartNotFound = GlueError(.notFound, "2705", "Shared cart not found.")

    /// 422 in a shared cart's attributes, 404 where the group itself is asked for.
    static func permissionGroupNotFound(_ status: HTTPResponse.Status) -> GlueError {
        GlueError(status, "2501", "Cart permission group not found.")
    }

    private static func challenge(_ code: String, _ detail: String) -> GlueError {
        var error = GlueError(.unauthorized, code, detail)
        error.headers[.wwwAuthenticate] = "Bearer realm=\"Access to shop API\""
        return error
    }

    private init(_ status: HTTPResponse.Status, _ detail: String) {
        self.init(status, nil, detail)
    }
}
