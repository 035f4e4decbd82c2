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
        let now = now()
        let caller = try await authenticator.caller(of: request, at: now)
        do throws(ShareError) {
            return try await sharing.open(context.tokenText(in: request), as: caller, at: now)
        } catch {
            if error == .tokenNotGenuine { try limiter.count(request, from: context.peer, at: now) }
            throw error
        }
    }
}
