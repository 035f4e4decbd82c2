// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// `/demo/login`, in a demo only: where the log-in button leads, and where a visitor chooses who to be.
struct DemoLoginRoutes: RouteGroup {
    let door: DemoDoor

    private var logins: DemoLogins { door.logins }
    private var pages: SharePages { door.pages }

    func add(to router: Router<ServerContext>) {
        router.get("/demo/login", use: choose)
        router.post("/demo/login", use: logIn)
    }

    @Sendable private func choose(_ request: Request, _ context: ServerContext) async throws -> Response {
        let caller = try await door.authenticator.caller(of: request, at: door.now())
        let back = try request.parameter("return").flatMap { DemoPlace($0, on: pages.publicURL) }
        let (html, spoken) = logins.page.html(
            for: logins.roles,
            present: logins.role(of: caller.person),
            back: back?.path,
            in: request.headers[.acceptLanguage]
        )
        return pages.answer(html, in: pages.languages.preferred(spoken), for: request)
    }

    /// Sets the cookie, or takes it away for `person=nobody`, and leads to where `return` or the step of a story says.
    @Sendable private func logIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        // Else another site could log a visitor in as someone of its choice, who then accepts links under that name.
        let origin = request.headers[values: .origin]
        let isOwn = origin == [pages.publicURL] || ([[], ["null"]].contains(origin) && request.headers[.secFetchSite] == "same-origin")
        guard isOwn, door.isUnderOwnName(request) else {
            throw Problem(code: .permissionDenied, detail: "Log in on the page \(pages.publicURL)/demo/login.")
        }
        let fields = try await request.formFields(["person", "return", "step"])
        guard let person = fields["person"] else { throw Problem(InputFault("/person", .required)) }
        let role = logins.roles.first { $0.id == person }
        guard role != nil || person == "nobody" else { throw Problem(InputFault("/person", .value)) }
        let place = try await place(fields)
        var response = Response(status: .seeOther, headers: [.location: place?.path ?? "/demo/login"])
        response.setCookie(
            Cookie(
                name: logins.cookie,
                value: try role.map { try logins.login($0.person, DemoLogins.cookieLifetime) } ?? "",
                maxAge: role == nil ? 0 : Int(DemoLogins.cookieLifetime),
                path: "/",
                secure: pages.publicURL.hasPrefix("https:"),
                httpOnly: true,
                sameSite: .lax
            )
        )
        return response
    }

    private func place(_ fields: [String: String]) async throws -> DemoPlace? {
        guard let name = fields["step"] else { return fields["return"].flatMap { DemoPlace($0, on: pages.publicURL) } }
        guard let step = DemoStories.Step(rawValue: name) else { throw Problem(InputFault("/step", .value)) }
        return try await door.shop.stories.place(of: step, in: door.sharing, at: door.now())
    }
}
