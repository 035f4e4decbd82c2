// SPDX-License-Identifier: Apache-2.0

import CartSources
import OutgoingHTTP

/// Where carts live, if not in the store.
struct SourceSettings {
    let platform: Platform
    let url: EndpointURL
    let allowsPrivateAddresses: Bool
    let headers: SecretHeaders
    /// How old a cart may be that is shown again without asking.
    let freshFor: Duration
    /// The claim of a login that is compared with what a cart says of its owner.
    let ownerClaim: String?

    enum Platform {
        case vtex(VTEXSettings)
        case spryker(SprykerSettings)
        case http(HTTPCartSettings)
    }

    /// The policy that a source's own configuration names for its carts.
    var policyName: String?
}
