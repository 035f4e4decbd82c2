// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import ShareLinks

/// Pages as answers: their headers, and the one place that turns what a route throws into a page.
extension SharePages {
    static let type = "text/html; charset=utf-8"

    func headers(_ language: PageLanguage) -> HTTPFields {
        [
            .contentSecurityPolicy: contentSecurityPolicy,
            .contentLanguage: language.language,
            .vary: "Accept-Language, Authorization, Cookie",
            .cacheControl: "no-store",
        ]
    }

    /// A page that is the same for all who get it.
    func answer(_ page: [UInt8], in language: PageLanguage, headers: HTTPFields = [:], for request: Request) -> Response {
        rendered(page, in: language, headers: headers, for: ContentWishes(request)).response
    }

    private func rendered(
        _ page: [UInt8],
        status: HTTPResponse.Status = .ok,
        in language: PageLanguage,
        headers more: HTTPFields = [:],
        for wishes: ContentWishes
    ) -> RenderedAnswer {
        let content = Content(page, type: Self.type, compression: .onDemand)
        return Answer.rendered(content, status: status, headers: headers(language).replacing(with: more), for: wishes)
    }

    /// The page for what went wrong. Parser errors and what nobody foresaw go on to the problems' own middleware.
    ///
    /// - Parameter back: the link's page, seen from the request's path.
    func answer(
        to error: any Error,
        back: String = "",
        in language: PageLanguage,
        for request: Request,
        logger: Logger
    ) throws -> Response {
        guard let problem = (error as? Problem) ?? (error as? ShareError).map(Problem.init) else { throw error }
        if let cause = problem.cause {
            logger.log(
                level: problem.code.status.kind == .serverError ? .error : .debug,
                "page refused",
                metadata: ["code": "\(problem.code.rawValue)", "cause": "\(cause)"]
            )
        }
        let isOrdered = error as? ShareError == .alreadyOrdered
        return rendered(problem, isOrdered: isOrdered, back: back, in: language, for: ContentWishes(request)).response
    }

    func rendered(
        _ problem: Problem,
        isOrdered: Bool = false,
        back: String = "",
        in language: PageLanguage,
        for wishes: ContentWishes
    ) -> RenderedAnswer {
        var headers = problem.headers
        // The rest of a refused body would be read without a limit: end the connection instead.
        if problem.code == .tooLarge { headers[.connection] = "close" }
        let message = isOrdered ? .ordered(in: language.texts) : PageMessage(problem.code, in: language.texts)
        let page = self.message(message, back: back, named: isOrdered ? "ordered" : "message", in: language)
        return rendered(page, status: problem.code.status, in: language, headers: headers, for: wishes)
    }
}
