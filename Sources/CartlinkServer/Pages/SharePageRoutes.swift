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
            let opened = try await door.open(request, context)
            let page = try page(of: opened, token: token, for: request)
            let language = pages.languages.preferred(wishes, cartLocale: page.cartLocale)
            let html = pages.cart(page, in: language)
            return Answer.conditional(html, type: Self.type, headers: headers(language).replacing(with: opened.headers), for: request)
        } catch {
            return try refusal(error, token: token, in: pages.languages.preferred(wishes), context)
        }
    }

    private func page(of opened: OpenedLink, token: String, for request: Request) throws(Problem) -> CartPage {
        var seen = opened
        var ownerSeesOthersView: Bool?
        if opened.standing == .owner {
            let seesOthersView = request.uri.queryParameters["view"] == "others"
            if seesOthersView { seen = opened.asOthersSeeIt }
            ownerSeesOthersView = seesOthersView
        }
        var page = CartPage(opened: seen, projection: try projections.view(of: seen).document, token: token)
        page.ownerSeesOthersView = ownerSeesOthersView
        // A browser's event stream can send the login cookie, but no header.
        if opened.standing.may(.watch), request.headers[.authorization] == nil {
            page.eventsAddress = "/v1/carts/\(opened.cart.id.text)/events"
        }
        return page
    }

    /// What went wrong as a page. Parser errors and what nobody foresaw go on to the problems' own middleware.
    private func refusal(_ error: any Error, token: String, in language: PageLanguage, _ context: ServerContext) throws -> Response {
        if error as? ShareError == .loginRequired {
            return Answer.bytes(pages.login(token: token, in: language), type: Self.type, headers: headers(language))
        }
        guard let problem = (error as? Problem) ?? (error as? ShareError).map(Problem.init) else { throw error }
        if let cause = problem.cause {
            context.logger.log(
                level: problem.code.status.kind == .serverError ? .error : .debug,
                "page refused",
                metadata: ["code": "\(problem.code.rawValue)", "cause": "\(cause)"]
            )
        }
        let isOrdered = error as? ShareError == .alreadyOrdered
        let message = isOrdered ? .ordered(in: language.texts) : PageMessage(problem.code, in: language.texts)
        // Only what has a token's form is written into the page.
        let html = pages.message(message, token: Token(token) == nil ? nil : token, named: isOrdered ? "ordered" : "message", in: language)
        return Answer.bytes(
            html,
            type: Self.type,
            status: problem.code.status,
            headers: headers(language).replacing(with: problem.headers)
        )
    }

    private static let type = "text/html; charset=utf-8"

    private func headers(_ language: PageLanguage) -> HTTPFields {
        [
            .contentSecurityPolicy: pages.contentSecurityPolicy,
            .contentLanguage: language.language,
            .vary: "Accept-Language, Authorization, Cookie",
            .cacheControl: "no-store",
        ]
    }
}
