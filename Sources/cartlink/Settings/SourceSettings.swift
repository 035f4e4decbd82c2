// SPDX-License-Identifier: Apache-2.0

import CartSources
import CoreMetrics
import OutgoingHTTP
import Redaction
import ShareLinks

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

/// A source that is ready, with the connections to its platform.
struct OpenedSource {
    let source: any CartSource
    let upstream: Upstream

    /// - Parameter policy: the policy for the source's carts.
    init(_ settings: SourceSettings, policy: Policy?, metrics: any MetricsFactory) {
        upstream = Upstream(
            base: settings.url,
            allowsPrivateAddresses: settings.allowsPrivateAddresses,
            headers: settings.headers,
            metrics: metrics,
            now: Clock.now,
            chance: { Double.random(in: 0...1) }
        )
        let shelf = { CartShelf<SourcedCart>(freshFor: settings.freshFor, size: { $0.document.count }) }
        let shelves = CartShelves(shared: shelf(), whole: shelf(), freshFor: settings.freshFor)
        source =
            switch settings.platform {
            case .vtex(let vtex):
                VTEXCartSource(
                    settings: vtex.drawingMasks(policy?.drawsMasks ?? false),
                    calls: upstream,
                    shelves: shelves,
                    turns: EditLine()
                )
            case .spryker(let spryker): SprykerCartSource(settings: spryker, calls: upstream, shelves: shelves, turns: EditLine())
            case .http(let http): HTTPCartSource(settings: http, calls: upstream, shelves: shelves)
            }
    }
}

extension VTEXSettings {
    fileprivate func drawingMasks(_ drawsMasks: Bool) -> VTEXSettings {
        var settings = self
        settings.drawsMasks = drawsMasks
        return settings
    }
}
