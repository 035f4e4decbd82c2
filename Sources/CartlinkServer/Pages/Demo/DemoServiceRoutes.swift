// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// What a storefront's own server does for its page, and the demo's does here: logins for the script, opening a shared cart.
struct DemoServiceRoutes: RouteGroup {
    let door: DemoDoor

    func add(to router: Router<ServerContext>) {
        router.get("/demo/stories", use: stories)
        router.post("/demo/again", use: again)
        router.post("/demo/session", use: session)
        router.post("/demo/resolve", use: resolve)
        router.post("/demo/console", use: console)
    }

    /// `{person, done: [step]}`: who is logged in, and which steps happened since the moment `since`.
    @Sendable private func stories(_ request: Request, _ context: ServerContext) async throws -> Response {
        let person = try await door.authenticator.caller(of: request, at: door.now()).person
        let since = try request.parameter("since") { Timestamp(rfc3339: $0) } ?? .startOfCalendar
        let done = try await door.shop.stories.done(since: since, in: door.sharing)
        return Answer.json(
            .object([
                ("person", .string(door.logins.role(of: person)?.id ?? "nobody")),
                ("done", .array(DemoStories.Step.allCases.filter(done.contains).map { .string($0.rawValue) })),
            ])
        )
    }

    /// `{now}`: from when on the stories are told anew; what the last time used up is there again.
    @Sendable private func again(_ request: Request, _ context: ServerContext) async throws -> Response {
        try door.requireOwnPage(request)
        try await request.requireNothing()
        try await door.shop.fill(door.sharing, door.projections, door.now())
        // A second later: times are written without fractions, and what happened in this very second is over.
        return Answer.json(.object([("now", .string(door.now().adding(seconds: 1).description))]))
    }

    /// `{person: {id, name, part, personId}, login, expiresIn}`: a login for the script, in exchange for the cookie.
    @Sendable private func session(_ request: Request, _ context: ServerContext) async throws -> Response {
        try door.requireOwnPage(request)
        try await request.requireNothing()
        let role = try await door.role(of: request)
        let person = JSON.object([
            ("id", .string(role.id)), ("name", .string(role.name)), ("part", .string(role.part)),
            ("personId", .string("\(role.person.subject)")),
        ])
        return Answer.json(
            .object([
                ("person", person),
                ("login", .string(try door.logins.login(role.person, DemoLogins.scriptLifetime))),
                ("expiresIn", .number(DemoLogins.scriptLifetime)),
            ])
        )
    }

    /// `{cartId, linkId, allowTakeOver, viewer: {relation, canEdit}}` for `{token}`: which cart a link opens, for who is logged in.
    @Sendable private func resolve(_ request: Request, _ context: ServerContext) async throws -> Response {
        try door.requireOwnPage(request)
        let now = door.now()
        let viewer = try await door.authenticator.caller(of: request, at: now).person
        let question = try TokenQuestion(body: try await request.jsonBody(), allowsViewer: false)
        let opened = try await door.sharing.resolve(question.token, for: viewer, by: door.shop.account, at: now)
        // For nobody the answer to a service is a guest's, who gets no further with an internal link.
        guard viewer != nil || opened.link.audience == .external else { throw Problem.loginRequired }
        return Answer.json(
            .object([
                ("cartId", .string(opened.cart.id.text)),
                ("linkId", .string(opened.link.id.description)),
                ("allowTakeOver", .bool(opened.link.allowsTakeOver)),
                ("viewer", opened.viewer),
            ])
        )
    }

    /// `{key}`: the administrator's key, for the person at this very machine.
    @Sendable private func console(_ request: Request, _ context: ServerContext) async throws -> Response {
        try door.requireOwnPage(request)
        try await request.requireNothing()
        guard let key = door.adminKey(for: request, from: context.peer) else {
            throw Problem(code: .notAllowedHere, detail: "The key stands in the terminal.")
        }
        return Answer.json(.object([("key", .string(key))]))
    }
}
