// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logins
import ShareLinks

extension Problem {
    /// A challenge without an error code: the request brought no credentials (RFC 6750 section 3.1).
    static var loginRequired: Problem {
        challenge(.loginRequired, "Bearer")
    }

    static var loginInvalid: Problem {
        challenge(.loginInvalid, "Bearer error=\"invalid_token\"")
    }

    static var keyInvalid: Problem {
        challenge(.keyInvalid, "Bearer error=\"invalid_token\"")
    }

    /// No key came to a listener that wants one.
    static var keyMissing: Problem {
        challenge(.keyInvalid, "Bearer")
    }

    static func scopeMissing(_ scope: ShareLinks.Scope) -> Problem {
        var problem = challenge(.scopeMissing, "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\"")
        problem.detail = "The key needs the scope \(scope.rawValue)."
        return problem
    }

    private static func challenge(_ code: Code, _ text: String) -> Problem {
        var problem = Problem(code: code)
        problem.headers[.wwwAuthenticate] = text
        return problem
    }

    /// Why a login was refused is for the log: the client learns only that it was, or that the keys can't be had.
    init(_ fault: LoginFault) {
        switch fault {
        case .malformed, .unsupportedHeader, .algorithmNotAllowed, .unknownIssuer, .unknownKey, .badSignature, .expired, .notYetValid,
            .wrongAudience, .badClaim:
            self = .loginInvalid
        case .unavailable:
            self = .unavailable(cause: "the issuer's keys can't be had")
        }
        cause = "login: \(fault)"
    }
}
