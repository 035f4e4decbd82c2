// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// `POST /s/{token}/accept`: accepting a link by the button on its page. The answers are pages, and success leads back to the link's.
struct AcceptFormRoutes: RouteGroup {
    let door: SharedDoor
    let pages: SharePages

    func add(to router: Router<ServerContext>) {
        router.post("/s/{token}/accept", use: accept)
        // Whoever reloads the page of a refused form by its address gets back to the link's.
        router.get("/s/{token}/accept") { request, context in
            guard let token = Token(context.tokenText(in: request)) else { throw Problem(code: .linkNotFound) }
            return Self.back(to: token)
        }
    }

    @Sendable private func accept(_ request: Request, _ context: ServerContext) async throws -> Response {
        let text = context.tokenText(in: request)
        // Whatever else stands in the path, only a token is repeated.
        let token = Token(text)
        do {
            let form = try await request.formFields(AcceptOffer.fields)["form"] ?? ""
            let isOwn = { @Sendable (subject: Subject) in token.map { door.isOwnForm(form, of: subject, on: $0) } ?? false }
            _ = try await door.pass(request, context, isOwnForm: isOwn) { text, caller, now throws(ShareError) in
                try await door.sharing.accept(text, as: caller, at: now)
            }
            return Self.back(to: token)
        } catch ShareError.loginRequired {
            // The page there has the log-in button.
            return Self.back(to: token)
        } catch let problem as Problem where problem.code == .loginInvalid && request.headers[.authorization] == nil && token != nil {
            // A cookie that has ended, while the page stood open, counts as none there.
            return Self.back(to: token)
        } catch {
            let language = pages.languages.preferred(request.headers[.acceptLanguage])
            return try pages.answer(to: error, back: ".", in: language, for: request, logger: context.logger)
        }
    }

    /// A path only, so it leads to no other host.
    private static func back(to token: Token?) -> Response {
        Response(status: .seeOther, headers: [.location: "/s/\(token?.text ?? "")", .cacheControl: "no-store"])
    }
}
