// SPDX-License-Identifier: Apache-2.0

/// What a page says in place of a cart; it tells no more than the problem does.
struct PageMessage {
    let heading: String
    let lead: String
    /// Whether the same link may open in a while, or with another login.
    var canTryAgain = false
}

extension PageMessage {
    /// The page for a problem. Most codes never meet a page; they say that nothing was changed.
    init(_ code: Problem.Code, in texts: PageTexts) {
        switch code {
        case .linkNotFound, .cartNotFound, .notFound, .methodNotAllowed, .uriTooLong:
            self.init(heading: texts.notFound, lead: texts.notFoundLead)
        case .linkGone:
            self.init(heading: texts.gone, lead: texts.goneLead)
        case .notAMember:
            self.init(heading: texts.notAMember, lead: texts.notAMemberLead, canTryAgain: true)
        case .grantWithdrawn:
            self.init(heading: texts.withdrawn, lead: texts.withdrawnLead)
        case .acceptLimitReached, .limitReached:
            self.init(heading: texts.taken, lead: texts.takenLead)
        case .loginRequired, .loginInvalid, .keyInvalid:
            self.init(heading: texts.loginInvalid, lead: texts.loginInvalidLead, canTryAgain: true)
        case .tooManyRequests:
            self.init(heading: texts.tooMany, lead: texts.tooManyLead, canTryAgain: true)
        case .permissionDenied, .scopeMissing, .notAllowedHere, .malformedJSON, .malformedRequest, .tooLarge, .unsupportedMediaType,
            .headersTooLarge, .invalidInput, .ownerDiffers, .cartSourceIsUpstream, .cartLocked, .idempotencyConflict, .countDiffers,
            .versionDiffers,
            .externalLinksAreReadOnly, .cannotShareWithOneself, .formatNotEditable:
            self.init(heading: texts.stale, lead: texts.staleLead, canTryAgain: true)
        case .internal, .unavailable:
            self.init(heading: texts.unavailable, lead: texts.unavailableLead, canTryAgain: true)
        }
    }

    static func ordered(in texts: PageTexts) -> PageMessage {
        PageMessage(heading: texts.ordered, lead: texts.orderedLead)
    }
}
