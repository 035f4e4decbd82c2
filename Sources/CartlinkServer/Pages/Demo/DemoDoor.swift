// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import ShareLinks

/// What the routes of the demo's storefront have in common.
struct DemoDoor: Sendable {
    let shop: DemoShop
    let sharing: Sharing
    let projections: Projections
    let authenticator: Authenticator
    let pages: SharePages
    let now: @Sendable () -> Timestamp

    var logins: DemoLogins { shop.logins }

    /// Refuses what another site's page may have sent, also one whose name was made to lead to this machine.
    func requireOwnPage(_ request: Request) throws(Problem) {
        guard isUnderOwnName(request), request.headers[values: .origin] == [pages.publicURL] else {
            throw Problem(code: .permissionDenied, detail: "Only the demo's own page may ask for this.")
        }
    }

    /// Whether the browser asks for the host of the public URL.
    ///
    /// To a page whose name was made to lead to this machine, the demo is of its own origin; its name stands in `Host` then.
    func isUnderOwnName(_ request: Request) -> Bool {
        request.head.authority.map { pages.publicURL.hasSuffix("://\($0)") } ?? false
    }

    /// The administrator's key, if the person at this very machine asks for it.
    func adminKey(for request: Request, from peer: SocketAddress?) -> String? {
        isUnderOwnName(request) ? shop.console.key(for: request, from: peer) : nil
    }

    /// The person of the demo who makes a request.
    func role(of request: Request) async throws(Problem) -> DemoLogins.Role {
        let person = try await authenticator.person(of: request, at: now())
        guard let role = logins.role(of: person) else { throw Problem(code: .permissionDenied, detail: "Nobody of the demo.") }
        return role
    }
}
