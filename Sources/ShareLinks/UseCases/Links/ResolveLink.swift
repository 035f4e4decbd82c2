// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// Tells a service which cart a token names, and what the viewer it speaks for is to that cart.
    ///
    /// Without a viewer the answer is a guest's, also for an internal link: the service may know the cart.
    package func resolve(
        _ tokenText: some StringProtocol,
        for viewer: Person?,
        by service: ServiceAccount,
        at now: Timestamp
    ) async throws(ShareError) -> OpenedLink {
        guard Standing.service(service.scopes).may(.resolveToken) else { throw .scopeMissing(.resolveLinks) }
        return try await open(tokenText, as: viewer.map(Caller.person) ?? .service(service), at: now)
    }
}
