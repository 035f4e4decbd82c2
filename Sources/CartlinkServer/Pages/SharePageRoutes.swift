// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import ShareLinks

/// `/s/{token}`: the page for people and preview robots, who get the same.
struct SharePageRoutes: RouteGroup {
    let door: SharedDoor
    let projections: Projections
    let pages: SharePages

    func add(to router: Router<ServerContext>) {
        router.get("/s/{token}", use: page)
        router.get("/assets/page.css") { request, _ in
            Answer.conditional(
                SharePages.styleSheet,
                type: "text/css; charset=utf-8",
                headers: [.cacheControl: "public, max-age=3600"],
                for: request
            )
        }
        router.get("/assets/page.js") { request, _ in
            Answer.conditional(
                PackageResources.page_js,
                type: "text/javascript; charset=utf-8",
                headers: [.cacheControl: "public, max-age=3600"],
                for: request
            )
        }
    }

    @Sendable private func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        let wishes = request.headers[.acceptLanguage]
        let token = context.tokenText(in: request)
        do {
            let (opened, offer) = try await door.openPage(request, context)
            let page = try page(of: opened, offer: offer, token: token, for: request)
            let language = pages.languages.preferred(wishes, cartLocale: page.cartLocale)
            var headers = pages.headers(language).replacing(with: opened.headers)
            // The form in it is for one person and one login.
            if offer != nil { headers[.cacheControl] = "no-store" }
            return Answer.conditional(pages.cart(page, in: language), type: SharePages.type, headers: headers, for: request)
        } catch ShareError.loginRequired {
            let language = pages.languages.preferred(wishes)
            return pages.answer(pages.login(token: token, in: language), in: language)
        } catch {
            return try pages.answer(to: error, token: token, in: pages.languages.preferred(wishes), logger: context.logger)
        }
    }

    private func page(
        of opened: OpenedLink,
        offer: AcceptOffer?,
        token: String,
        for request: Request
    ) throws(Problem) -> CartPage {
        var seen = opened
        var ownerSeesOthersView: Bool?
        if opened.standing == .owner {
            let seesOthersView = request.uri.queryParameters["view"] == "others"
            if seesOthersView { seen = opened.asOthersSeeIt }
            ownerSeesOthersView = seesOthersView
        }
        var page = CartPage(opened: seen, projection: try projections.view(of: seen).document, token: token)
        page.ownerSeesOthersView = ownerSeesOthersView
        page.offer = offer
        // A browser's event stream can send the login cookie, but no header.
        if opened.standing.may(.watch), request.headers[.authorization] == nil {
            page.eventsAddress = "/v1/carts/\(opened.cart.id.text)/events"
        }
        return page
    }
}
