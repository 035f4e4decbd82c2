// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
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
        guard request.headers[values: .origin] == [pages.publicURL] else {
            throw Problem(code: .permissionDenied, detail: "Only the demo's own page may ask for this.")
        }
    }

    /// The person of the demo who makes a request.
    func role(of request: Request) async throws(Problem) -> DemoLogins.Role {
        let person = try await authenticator.person(of: request, at: now())
        guard let role = logins.role(of: person) else { throw Problem(code: .permissionDenied, detail: "Nobody of the demo.") }
        return role
    }
}
