// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// `/demo/login`, in a demo only: where the log-in button leads, and where a visitor chooses who to be.
struct DemoLoginRoutes: RouteGroup {
    let logins: DemoLogins
    let authenticator: Authenticator
    let pages: SharePages
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.get("/demo/login", use: choose)
        router.post("/demo/login", use: logIn)
    }

    @Sendable private func choose(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = try await authenticator.caller(of: request, at: now())
        let back = way(back: try request.parameter("return"))
        let html = logins.page.html(for: logins.roles, present: caller.person?.userID.text, back: back)
        return pages.answer(html, in: pages.languages.preferred("en"), for: request)
    }

    /// Sets the cookie, or takes it away for `person=nobody`, and leads back to the link.
    @Sendable private func logIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        // Else another site could log a visitor in as someone of its choice, who then accepts links under that name.
        let origin = request.headers[values: .origin]
        guard origin == [pages.publicURL] || ([[], ["null"]].contains(origin) && request.headers[.secFetchSite] == "same-origin") else {
            throw Problem(code: .permissionDenied, detail: "Log in on the page /demo/login.")
        }
        let fields = try await request.formFields(["person", "return"])
        guard let person = fields["person"] else { throw Problem(InputFault("/person", .required)) }
        let role = logins.roles.first { $0.id == person }
        guard role != nil || person == "nobody" else { throw Problem(InputFault("/person", .value)) }
        var response = Response(status: .seeOther, headers: [.location: way(back: fields["return"]) ?? "/demo/login"])
        response.setCookie(
            Cookie(
                name: logins.cookie,
                value: try role.map { try logins.login($0.person) } ?? "",
                maxAge: role == nil ? 0 : Int(DemoLogins.lifetime),
                path: "/",
                secure: pages.publicURL.hasPrefix("https:"),
                httpOnly: true,
                sameSite: .lax
            )
        )
        return response
    }

    /// The path of a link's page on this very host; whatever else was asked for leads nowhere. It is made anew from the token.
    private func way(back text: String?) -> String? {
        guard let text else { return nil }
        let path = text.hasPrefix(pages.publicURL) ? text.dropFirst(pages.publicURL.count) : text[...]
        guard path.hasPrefix("/s/"), let token = Token(path.dropFirst(3)) else { return nil }
        return "/s/\(token.text)"
    }
}
