// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// `/assets` and `/robots.txt`.
struct AssetRoutes: RouteGroup {
    let assets: [Asset]

    init(shop: Shop) {
        assets = Asset.all(of: shop)
    }

    func add(to router: Router<ServerContext>) {
        for asset in assets {
            let headers = asset.headers.replacing(with: [.cacheControl: "public, max-age=3600"])
            router.get(RouterPath(asset.path)) { request, _ in Answer.content(asset.content, headers: headers, for: request) }
        }
    }
}
