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
    let answers: LinkAnswers
    let opens: OpenCounts

    func add(to router: Router<ServerContext>) {
        router.get("/s/{token}") { request, context in
            let answer = try await page(request, context)
            opens.note(answer, givenTo: request, context)
            return answer
        }
    }

    @Sendable private func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        let wishes = request.headers[.acceptLanguage]
        do {
            return try await door.pass(request, context) { token, caller, now in
                guard caller == .stranger else { return try await page(of: token, for: caller, request, at: now) }
                let form = AnswerName.Form.page(locale: pages.languages.wished(wishes))
                let token = try door.sharing.genuineToken(token)
                return try await answers.answer(form, to: token, wishes: ContentWishes(request), at: now).response
            }
        } catch ShareError.loginRequired {
            let language = pages.languages.preferred(wishes)
            return pages.answer(pages.login(token: context.tokenText(in: request), in: language), in: language, for: request)
        } catch {
            return try pages.answer(to: error, in: pages.languages.preferred(wishes), for: request, logger: context.logger)
        }
    }

    /// The page for someone who is logged in.
    private func page(of token: String, for caller: Caller, _ request: Request, at now: Timestamp) async throws -> Response {
        let (opened, offer) = try await door.openPage(token, as: caller, at: now)
        let page = try page(of: opened, offer: offer, token: token, for: request)
        let language = pages.languages.preferred(request.headers[.acceptLanguage], cartLocale: page.cartLocale)
        var headers = pages.headers(language).replacing(with: opened.headers)
        // The form in it is for one person and one login.
        if offer != nil { headers[.cacheControl] = "no-store" }
        // What depends on a login is never compressed.
        let isPublic = opened.link.audience == .external && opened.standing == .guest
        let content = Content(pages.cart(page, in: language), type: SharePages.type, compression: isPublic ? .onDemand : .never)
        return Answer.content(content, headers: headers, for: request)
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
        var page = try projections.page(of: seen, token: token)
        page.ownerSeesOthersView = ownerSeesOthersView
        page.offer = offer
        // A browser's event stream can send the login cookie, but no header.
        if opened.standing.may(.watch), request.headers[.authorization] == nil {
            page.eventsAddress = "/v1/carts/\(opened.cart.id.text)/events"
        }
        return page
    }
}
