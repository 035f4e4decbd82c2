// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// `/demo`, the shop of a demo, with its style and scripts; `/` leads there.
struct DemoPageRoutes: RouteGroup {
    let door: DemoDoor

    func add(to router: Router<ServerContext>) {
        router.get("/") { _, _ in Response(status: .found, headers: [.location: "/demo"]) }
        router.get("/demo", use: page)
        for asset in Self.assets {
            let headers: HTTPFields = [.cacheControl: "no-cache"]
            router.get(RouterPath(asset.path)) { request, _ in Answer.content(asset.content, headers: headers, for: request) }
        }
    }

    @Sendable private func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = try await door.authenticator.caller(of: request, at: door.now())
        let shop = door.shop
        let (html, spoken) = shop.page.html(
            of: shop,
            for: shop.logins.role(of: caller.person),
            in: request.headers[.acceptLanguage],
            showsKey: door.adminKey(for: request, from: context.peer) != nil
        )
        // Under no-referrer its forms would come with Origin: null, and look like another site's.
        let headers: HTTPFields = [.referrerPolicy: "strict-origin"]
        return door.pages.answer(html, in: door.pages.languages.preferred(spoken), headers: headers, for: request)
    }

    private static let assets: [Asset] = [
        Asset(path: "/demo/demo.css", content: .text(PackageResources.demo_css, type: "text/css")),
        script("demo.js", PackageResources.demo_js),
        script("demo-cart.js", PackageResources.demo_cart_js),
        script("demo-comments.js", PackageResources.demo_comments_js),
        script("demo-console.js", PackageResources.demo_console_js),
        script("demo-elements.js", PackageResources.demo_elements_js),
        script("demo-lines.js", PackageResources.demo_lines_js),
        script("demo-links.js", PackageResources.demo_links_js),
        script("demo-opened.js", PackageResources.demo_opened_js),
        script("demo-service.js", PackageResources.demo_service_js),
        script("demo-sharing.js", PackageResources.demo_sharing_js),
        script("demo-stories.js", PackageResources.demo_stories_js),
        script("demo-texts.js", PackageResources.demo_texts_js),
    ]

    private static func script(_ name: String, _ bytes: [UInt8]) -> Asset {
        Asset(path: "/demo/\(name)", content: .text(bytes, type: "text/javascript"))
    }
}
