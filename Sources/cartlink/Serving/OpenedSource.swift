// SPDX-License-Identifier: Apache-2.0

import CartSources
import CoreMetrics
import Redaction
import ShareLinks

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
