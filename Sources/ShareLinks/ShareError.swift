// SPDX-License-Identifier: Apache-2.0

/// Why a use case refused or could not do its work.
package enum ShareError: Error, Equatable {
    /// No key here made the token. A stranger can't tell this from `linkNotFound`.
    case tokenNotGenuine
    case linkNotFound
    case linkGone
    /// The cart behind the link was ordered, and the caller is one of those who held it.
    case alreadyOrdered
    case grantNotFound
    case grantWithdrawn
    case acceptLimitReached
    /// Only people accept, and only internal links.
    case notAcceptable
    case takeOverRefused
    case notAcceptedYet
    case cartNotFound
    case loginRequired
    case notAMember
    case permissionDenied
    case scopeMissing(Scope)
    case notAllowedHere
    case ownerDiffers
    /// The cart was ordered: it can't be shared any more.
    case cartOrdered
    case cartLocked
    case formatNotEditable
    case itemNotFound
    case commentNotFound
    case deadLetterNotFound
    /// Nobody active is known by this id.
    case personUnknown
    case otherCompany
    case alreadyShared
    case externalLinksAreReadOnly
    case cannotShareWithOneself
    case idempotencyConflict
    case limitReached
    /// An edit would make the cart larger than people may make it.
    case cartTooLarge
    case countDiffers(now: Int)
    case versionDiffers(now: CartVersion)
    /// An edit was sent to the cart's platform, and somebody else's came between.
    case overtaken(now: CartVersion)
    case invalidInput([InputFault])
    case ownerNotNamed
    case keyInUse
    case keyNotFound
    /// The cart's platform changes it, not a push.
    case cartSourceIsUpstream
    /// The cart's platform can't give or change it now.
    case sourceUnavailable(SourceError)
    /// The store can't do it now; nothing was changed.
    case storeUnavailable(StoreError)
}

/// One field that a use case can't accept: where it stands (RFC 6901) and what is wrong with it.
package struct InputFault: Error, Hashable, Sendable {
    package let pointer: String
    package let reason: Reason

    package init(_ pointer: String, _ reason: Reason) {
        self.pointer = pointer
        self.reason = reason
    }

    package enum Reason: String, Sendable {
        case unknown = "this field is not known"
        case required = "this field is required"
        case type = "this field has the wrong type"
        case form = "this value has the wrong form"
        case value = "this value is not one of the allowed ones"
        case range = "this value is out of range"
        case tooLate = "links of this kind can't live that long"
        case past = "this moment has passed"
        case both = "give only one of expiresIn and expiresAt"
        case oneSelector = "give exactly one selector"
        case tokenOrURL = "give only one of token and url"
        case repeated = "another line has this id"
        case needsInternal = "only internal links have this field"
        case needsExternal = "only external links can have this"
        case needsFull = "only a link with full access can allow it"
        case needsOnePerson = "only with within: person or maxAccepts: 1, so that nobody takes the cart by being first"
        case notKnown = "no active person of the cart's company has this id"
        case tooMuch = "amounts would become too large"
        case needsPerson = "this field goes with within: person"
        case ownerLacks = "the cart's owner has no such company or unit"
        case servicesOnly = "only services act on behalf of others"
        case narrowOnly = "access can be narrowed, never widened"
        case companyUserMissing = "a cart of a company names its companyUserId"
        case notSold = "the shop doesn't sell this, or not in this way"
        case limited = "the shop has no more of it; the cart holds what there is"
        case notInPlatform = "the shop's platform can't take this"
        case keptElsewhere = "a cart that lives in the shop's platform can't be given away"
        case unitWithoutCompany = "a business unit counts only inside its company"
    }
}
