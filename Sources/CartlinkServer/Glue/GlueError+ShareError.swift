// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// What a request under `/glue` is about: Glue words one refusal differently for each.
enum GlueTask: CaseIterable {
    case reading
    case sharing
    case addingItem
    case changingItem
    case removingItem

    /// What Glue answers where the cart's items can't be changed now; nil where no item was to change.
    fileprivate var failure: GlueError? {
        switch self {
        case .reading, .sharing: nil
        case .addingItem: .itemNotAdded
        case .changingItem: .itemNotUpdated
        case .removingItem: .itemNotDeleted
        }
    }
}

extension GlueError {
    /// A use case's refusal in Glue's words.
    init(_ error: ShareError, doing task: GlueTask) {
        switch error {
        case .loginRequired: self = .tokenMissing
        // An order ends a Spryker cart.
        case .cartNotFound, .cartOrdered: self = .cartNotFound
        case .grantNotFound: self = .sharedCartNotFound
        case .itemNotFound: self = .itemNotFound
        case .personUnknown: self = .companyUserNotFound
        case .otherCompany: self = .otherCompany
        case .permissionDenied: self = task.failure == nil ? .actionForbidden : .cartActionUnauthorized
        case .notAllowedHere: self = .actionForbidden
        case .alreadyShared, .cannotShareWithOneself: self = .shareFailed
        case .limitReached, .cartTooLarge: self = task.failure ?? .shareFailed
        // Something of it was done: Glue's words would deny it.
        case .invalidInput(let faults) where faults.contains { $0.reason == .limited }: self.init(Problem(error))
        case .cartLocked, .formatNotEditable, .invalidInput: self = task.failure ?? GlueError(Problem(error))
        case .tokenNotGenuine, .linkNotFound, .linkGone, .alreadyOrdered, .grantWithdrawn, .acceptLimitReached, .notAcceptable,
            .takeOverRefused, .notAcceptedYet, .notAMember, .scopeMissing, .ownerDiffers, .commentNotFound, .deadLetterNotFound,
            .externalLinksAreReadOnly, .idempotencyConflict, .countDiffers, .versionDiffers, .overtaken, .cartSourceIsUpstream,
            .sourceUnavailable,
            .ownerNotNamed, .keyInUse, .keyNotFound,
            .storeUnavailable:
            self.init(Problem(error))
        }
    }
}
