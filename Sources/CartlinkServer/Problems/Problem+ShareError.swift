// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks

extension Problem {
    /// What a client may learn of a use case's refusal.
    init(_ error: ShareError) {
        switch error {
        // One answer for both: a stranger must not learn whether a token was forged or its link forgotten.
        case .tokenNotGenuine, .linkNotFound: self.init(code: .linkNotFound)
        case .linkGone: self.init(code: .linkGone)
        case .alreadyOrdered: self.init(code: .linkGone, detail: "The cart was already ordered.")
        case .grantNotFound, .itemNotFound, .commentNotFound, .deadLetterNotFound: self.init(code: .notFound)
        case .grantWithdrawn: self.init(code: .grantWithdrawn)
        case .acceptLimitReached: self.init(code: .acceptLimitReached)
        case .notAcceptable: self.init(code: .permissionDenied, detail: "People accept internal links; this needs no accepting.")
        case .takeOverRefused: self.init(code: .permissionDenied, detail: "This link gives no cart away.")
        case .notAcceptedYet: self.init(code: .permissionDenied, detail: "Accept the link first.")
        case .cartNotFound: self.init(code: .cartNotFound)
        case .loginRequired: self = .loginRequired
        case .notAMember: self.init(code: .notAMember)
        case .permissionDenied: self.init(code: .permissionDenied)
        case .scopeMissing(let scope): self = .scopeMissing(scope)
        case .notAllowedHere: self.init(code: .notAllowedHere)
        case .ownerDiffers:
            self.init(code: .ownerDiffers, detail: "Send the owner the cart has, or transferOwner: true to end its links and give it away.")
        case .cartOrdered: self.init(code: .cartLocked, detail: "The cart was ordered; it can't be shared any more.")
        case .cartLocked: self.init(code: .cartLocked, detail: "Its items can't be changed now.")
        case .formatNotEditable: self.init(code: .formatNotEditable)
        // Natively both look alike, so that nobody finds out who works at another company.
        case .personUnknown, .otherCompany: self = .invalidInput([InputFault("/personId", .notKnown)])
        case .alreadyShared: self.init(code: .limitReached, detail: "This person has a grant on the cart already.")
        case .externalLinksAreReadOnly: self.init(code: .externalLinksAreReadOnly)
        case .cannotShareWithOneself: self.init(code: .cannotShareWithOneself)
        case .idempotencyConflict: self.init(code: .idempotencyConflict)
        case .limitReached: self.init(code: .limitReached, detail: "The cart has as many of these as it may. Remove one first.")
        case .cartTooLarge:
            self.init(code: .limitReached, detail: "The cart is as large as people can make it. Remove something first, or ask the shop.")
        case .countDiffers(let now): self.init(code: .countDiffers, detail: "\(now) would be affected now; nothing was changed.")
        case .versionDiffers(let version): self = .versionDiffers(version)
        case .invalidInput(let faults): self = .invalidInput(faults)
        case .ownerNotNamed:
            self.init(code: .malformedRequest, detail: "A service names the owner it acts for in the header On-Behalf-Of.")
        case .keyInUse:
            self.init(code: .permissionDenied, detail: "This key signs new links. Promote another key first and send the service SIGHUP.")
        case .keyNotFound: self.init(code: .notFound)
        case .overtaken(let version):
            self = .versionDiffers(version)
            detail = "Somebody changed the cart at the same time: it isn't as this edit would have left it. Look at it again."
        case .cartSourceIsUpstream:
            self.init(code: .cartSourceIsUpstream, detail: "Carts live in the shop's platform here, and are changed there.")
        case .sourceUnavailable(let error): self = .sourceUnavailable(error)
        case .storeUnavailable(let cause): self = .unavailable(cause: "\(cause.kind.rawValue): \(cause.cause)")
        }
    }

    static func invalidInput(_ faults: [InputFault]) -> Problem {
        var problem = Problem(code: .invalidInput)
        problem.faults = faults
        return problem
    }

    /// Carries the current version, so that the client can read it again and try anew.
    static func versionDiffers(_ current: CartVersion) -> Problem {
        var problem = Problem(
            code: .versionDiffers,
            detail: current.number > 0 ? "Nothing was changed. The current version is \(current)." : "There is no such cart yet."
        )
        if current.number > 0 {
            problem.headers[.eTag] = "\"\(current)\""
            problem.version = current
        }
        return problem
    }

    fileprivate static func sourceUnavailable(_ error: SourceError) -> Problem {
        var problem = unavailable(cause: "cart source: \(error)")
        if case .outcomeUnknown = error {
            problem.detail = "Whether the cart was changed isn't known. Look at it before you try again."
        }
        return problem
    }

    static func unavailable(cause: String) -> Problem {
        var problem = Problem(code: .unavailable, detail: "Nothing was changed, as far as the service knows. Try again soon.")
        problem.headers[.retryAfter] = "2"
        problem.cause = cause
        return problem
    }
}

extension Problem {
    init(_ fault: InputFault) {
        self = .invalidInput([fault])
    }
}
