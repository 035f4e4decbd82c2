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
    }

    @Sendable private func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        let texts = PageTexts.preferred(request.headers[.acceptLanguage])
        let token = context.tokenText(in: request)
        do {
            let opened = try await door.open(request, context)
            let view = try projections.view(of: opened)
            let html = pages.cart(opened, projection: view.document, token: token, in: texts)
            return Answer.conditional(html, type: Self.type, headers: headers(texts).replacing(with: opened.headers), for: request)
        } catch ShareError.loginRequired {
            return Answer.bytes(pages.login(token: token, in: texts), type: Self.type, headers: headers(texts))
        } catch ShareError.alreadyOrdered {
            return Answer.bytes(pages.ordered(in: texts), type: Self.type, status: .gone, headers: headers(texts))
        } catch {
            // Parser errors and what nobody foresaw go on to the problems' own middleware.
            guard let problem = (error as? Problem) ?? (error as? ShareError).map(Problem.init) else { throw error }
            if let cause = problem.cause {
                context.logger.log(
                    level: problem.code.status.kind == .serverError ? .error : .debug,
                    "page refused",
                    metadata: ["code": "\(problem.code.rawValue)", "cause": "\(cause)"]
                )
            }
            return Answer.bytes(
                pages.message(problem, in: texts),
                type: Self.type,
                status: problem.code.status,
                headers: headers(texts).replacing(with: problem.headers)
            )
        }
    }

    private static let type = "text/html; charset=utf-8"

    private func headers(_ texts: PageTexts) -> HTTPFields {
        [
            .contentSecurityPolicy: pages.contentSecurityPolicy,
            .contentLanguage: texts.language,
            .vary: "Accept-Language, Authorization, Cookie",
            .cacheControl: "no-store",
        ]
    }
}
