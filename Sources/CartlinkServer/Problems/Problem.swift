// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks

/// What a client is told of a failure: RFC 9457 with a `code` that never changes.
///
/// A problem carries nothing of the request and no cause; causes are for the log.
struct Problem: Error, Equatable {
    let code: Code
    var detail: String?
    var faults: [InputFault] = []
    /// The cart's version now, where the client expected another.
    var version: CartVersion?
    var headers: HTTPFields = [:]
    /// For the log, under the request's id; never sent.
    var cause: String?

    init(code: Code, detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    /// The codes of the contract; a new one fails to compile until it has a status and a title.
    enum Code: String, CaseIterable {
        case malformedJSON = "malformed-json"
        case malformedRequest = "malformed-request"
        case loginRequired = "login-required"
        case loginInvalid = "login-invalid"
        case keyInvalid = "key-invalid"
        case permissionDenied = "permission-denied"
        case notAMember = "not-a-member"
        case grantWithdrawn = "grant-withdrawn"
        case scopeMissing = "scope-missing"
        case notAllowedHere = "not-allowed-here"
        case linkNotFound = "link-not-found"
        case cartNotFound = "cart-not-found"
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case tooLarge = "too-large"
        case uriTooLong = "uri-too-long"
        case unsupportedMediaType = "unsupported-media-type"
        case tooManyRequests = "too-many-requests"
        case headersTooLarge = "headers-too-large"
        case ownerDiffers = "owner-differs"
        case cartSourceIsUpstream = "cart-source-is-upstream"
        case cartLocked = "cart-locked"
        case idempotencyConflict = "idempotency-conflict"
        case acceptLimitReached = "accept-limit-reached"
        case limitReached = "limit-reached"
        case countDiffers = "count-differs"
        case linkGone = "link-gone"
        case versionDiffers = "version-differs"
        case invalidInput = "invalid-input"
        case externalLinksAreReadOnly = "external-links-are-read-only"
        case cannotShareWithOneself = "cannot-share-with-oneself"
        case formatNotEditable = "format-not-editable"
        case `internal`
        case unavailable
    }
}

extension Problem.Code {
    var status: HTTPResponse.Status {
        switch self {
        case .malformedJSON, .malformedRequest: .badRequest
        case .loginRequired, .loginInvalid, .keyInvalid: .unauthorized
        case .permissionDenied, .notAMember, .grantWithdrawn, .scopeMissing, .notAllowedHere: .forbidden
        case .linkNotFound, .cartNotFound, .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tooLarge: .contentTooLarge
        case .uriTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .tooManyRequests: .tooManyRequests
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .ownerDiffers, .cartSourceIsUpstream, .cartLocked, .idempotencyConflict, .acceptLimitReached, .limitReached, .countDiffers:
            .conflict
        case .linkGone: .gone
        case .versionDiffers: .preconditionFailed
        case .invalidInput, .externalLinksAreReadOnly, .cannotShareWithOneself, .formatNotEditable: .unprocessableContent
        case .internal: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }

    var title: String {
        switch self {
        case .malformedJSON: "The body is not valid JSON"
        case .malformedRequest: "The request is malformed"
        case .loginRequired: "A login is required"
        case .loginInvalid: "The login is not valid"
        case .keyInvalid: "The service key is not valid"
        case .permissionDenied: "This is not permitted"
        case .notAMember: "This link is for other people"
        case .grantWithdrawn: "The owner has withdrawn your access"
        case .scopeMissing: "The service key lacks a scope"
        case .notAllowedHere: "This shop does not allow it"
        case .linkNotFound: "There is no such link"
        case .cartNotFound: "There is no such cart"
        case .notFound: "There is nothing here"
        case .methodNotAllowed: "This method is not allowed here"
        case .tooLarge: "The body is too large"
        case .uriTooLong: "The address is too long"
        case .unsupportedMediaType: "The body's media type is not supported"
        case .tooManyRequests: "Too many requests"
        case .headersTooLarge: "The headers are too large"
        case .ownerDiffers: "The cart belongs to another owner"
        case .cartSourceIsUpstream: "This cart lives elsewhere"
        case .cartLocked: "The cart is locked"
        case .idempotencyConflict: "The idempotency key was used for another request"
        case .acceptLimitReached: "This link has been accepted as often as it may be"
        case .limitReached: "The limit is reached"
        case .countDiffers: "More would be affected than expected"
        case .linkGone: "This link is no longer available"
        case .versionDiffers: "The cart has changed"
        case .invalidInput: "The input is not valid"
        case .externalLinksAreReadOnly: "External links are read-only"
        case .cannotShareWithOneself: "A cart can't be shared with its owner"
        case .formatNotEditable: "The items of this cart are changed in the shop"
        case .internal: "Something went wrong"
        case .unavailable: "The service is not available now"
        }
    }
}
