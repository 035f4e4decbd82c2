// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension GlueError {
    /// What the parts that `/glue` shares with `/v1` refuse, in Glue's shape; where Glue has no words of its own, ours.
    init(_ problem: Problem) {
        switch problem.code {
        case .loginRequired: self = .tokenMissing
        case .loginInvalid, .keyInvalid: self = .tokenInvalid
        case .notFound, .methodNotAllowed, .linkNotFound: self = .notFound
        case .cartNotFound: self = .cartNotFound
        case .unsupportedMediaType: self = .unsupportedMediaType
        case .malformedJSON: self = .postDataInvalid
        case .internal: self = .internalError
        case .malformedRequest, .permissionDenied, .notAMember, .grantWithdrawn, .scopeMissing, .notAllowedHere, .tooLarge, .uriTooLong,
            .tooManyRequests, .headersTooLarge, .ownerDiffers, .cartSourceIsUpstream, .cartLocked, .idempotencyConflict,
            .acceptLimitReached, .limitReached,
            .countDiffers, .linkGone, .versionDiffers, .invalidInput, .externalLinksAreReadOnly, .cannotShareWithOneself,
            .formatNotEditable, .unavailable:
            self.init(problem.code.status, nil, problem.detail ?? problem.code.title)
            headers[.retryAfter] = problem.headers[.retryAfter]
        }
        cause = problem.cause
    }
}
