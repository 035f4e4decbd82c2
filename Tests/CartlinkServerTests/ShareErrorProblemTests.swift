// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks
import Testing

@testable import CartlinkServer

struct ShareErrorProblemTests {
    static let errors: [ShareError] = [
        .tokenNotGenuine, .linkNotFound, .linkGone, .alreadyOrdered, .grantNotFound, .itemNotFound, .commentNotFound, .deadLetterNotFound,
        .grantWithdrawn,
        .acceptLimitReached, .notAcceptable, .takeOverRefused, .notAcceptedYet, .cartLocked, .formatNotEditable, .personUnknown,
        .otherCompany, .alreadyShared, .cartNotFound, .loginRequired, .notAMember, .permissionDenied,
        .scopeMissing(.issueLinks), .notAllowedHere, .ownerDiffers, .cartOrdered, .externalLinksAreReadOnly, .cannotShareWithOneself,
        .idempotencyConflict, .limitReached, .cartTooLarge, .countDiffers(now: 3), .versionDiffers(now: CartVersion(7)),
        .invalidInput([InputFault("/access", .required)]), .ownerNotNamed, .keyInUse, .keyNotFound,
        .overtaken(now: CartVersion(7)), .cartSourceIsUpstream, .sourceUnavailable(.unavailable(cause: "answered 500")),
        .sourceUnavailable(.outcomeUnknown(cause: "no answer in 5 s")), .storeUnavailable(StoreError(.full, cause: "disk sda1")),
    ]

    /// No `default`: a new error fails to compile until the contract's code is written down here.
    static func contract(_ error: ShareError) -> Problem.Code {
        switch error {
        case .tokenNotGenuine, .linkNotFound: .linkNotFound
        case .linkGone, .alreadyOrdered: .linkGone
        case .grantNotFound, .itemNotFound, .commentNotFound, .deadLetterNotFound: .notFound
        case .grantWithdrawn: .grantWithdrawn
        case .acceptLimitReached: .acceptLimitReached
        case .cartNotFound: .cartNotFound
        case .loginRequired: .loginRequired
        case .notAMember: .notAMember
        case .permissionDenied, .keyInUse, .notAcceptable, .takeOverRefused, .notAcceptedYet: .permissionDenied
        case .scopeMissing: .scopeMissing
        case .notAllowedHere: .notAllowedHere
        case .ownerDiffers: .ownerDiffers
        case .cartOrdered, .cartLocked: .cartLocked
        case .formatNotEditable: .formatNotEditable
        case .externalLinksAreReadOnly: .externalLinksAreReadOnly
        case .cannotShareWithOneself: .cannotShareWithOneself
        case .idempotencyConflict: .idempotencyConflict
        case .limitReached, .cartTooLarge, .alreadyShared: .limitReached
        case .countDiffers: .countDiffers
        case .versionDiffers, .overtaken: .versionDiffers
        case .invalidInput, .personUnknown, .otherCompany: .invalidInput
        case .ownerNotNamed: .malformedRequest
        case .keyNotFound: .notFound
        case .cartSourceIsUpstream: .cartSourceIsUpstream
        case .sourceUnavailable, .storeUnavailable: .unavailable
        }
    }

    @Test(arguments: errors)
    func everyErrorHasItsCode(error: ShareError) {
        #expect(Problem(error).code == Self.contract(error))
    }

    @Test func forgedAndForgottenLinksAreAnsweredAlike() {
        #expect(Problem(ShareError.tokenNotGenuine) == Problem(ShareError.linkNotFound))
    }

    @Test func aVersionThatDiffersIsTold() {
        let problem = Problem(ShareError.versionDiffers(now: CartVersion(7)))
        #expect(problem.headers[.eTag] == "\"7\"")
        #expect(problem.detail?.contains("7") == true)
    }

    @Test func aCartThatIsNotThereHasNoEntityTag() {
        #expect(Problem(ShareError.versionDiffers(now: CartVersion(0))).headers[.eTag] == nil)
    }

    @Test func aStoreThatFailsAsksToComeBack() {
        let problem = Problem(ShareError.storeUnavailable(StoreError(.full, cause: "disk sda1")))
        #expect(problem.headers[.retryAfter] == "2")
        #expect(problem.cause == "full: disk sda1")
        #expect(problem.detail?.contains("sda1") == false)
    }

    @Test func aPlatformsFaultIsForTheLogAlone() {
        let problem = Problem(ShareError.sourceUnavailable(.unavailable(cause: "answered 500")))
        #expect(problem.headers[.retryAfter] == "2")
        #expect(problem.cause?.contains("answered 500") == true)
        #expect(problem.detail?.contains("500") == false)
    }

    @Test func whatBecameOfAnEditThatHasNoAnswerIsSaidToBeUnknown() {
        let problem = Problem(ShareError.sourceUnavailable(.outcomeUnknown(cause: "no answer in 5 s")))
        #expect(problem.detail?.contains("isn't known") == true)
    }

    @Test func faultsArePassedOn() {
        #expect(Problem(ShareError.invalidInput([InputFault("/access", .required)])).faults == [InputFault("/access", .required)])
    }

    @Test func aCountThatDiffersIsTold() {
        #expect(Problem(ShareError.countDiffers(now: 3)).detail?.contains("3 ") == true)
    }
}
