// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// Opens links for whoever comes with a token, and slows down those who guess.
struct SharedDoor: Sendable {
    let sharing: Sharing
    let authenticator: Authenticator
    let limiter: BadTokenLimiter
    let now: @Sendable () -> Timestamp

    func open(_ request: Request, _ context: ServerContext) async throws -> OpenedLink {
        try await pass(request, context) { token, caller, now in
            try await sharing.open(token, as: caller, at: now)
        }
    }

    /// Does something with the token in the path, and counts it where no key made it.
    ///
    /// - Parameter isOwnForm: whether the request brings what our page holds for the person; nil where it is no page's form.
    func pass<Answer>(
        _ request: Request,
        _ context: ServerContext,
        isOwnForm: (@Sendable (Subject) -> Bool)? = nil,
        _ use: (String, Caller, Timestamp) async throws -> Answer
    ) async throws -> Answer {
        let now = now()
        let caller = try await authenticator.caller(of: request, at: now, isOwnForm: isOwnForm)
        do {
            return try await use(context.tokenText(in: request), caller, now)
        } catch ShareError.tokenNotGenuine {
            try limiter.count(request, from: context.peer, at: now)
            throw ShareError.tokenNotGenuine
        }
    }
}
