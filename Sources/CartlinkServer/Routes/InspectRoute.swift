// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `POST /admin/v1/inspect`: says what a token is, without printing it.
struct InspectRoute: RouteGroup {
    let administration: Administration
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/admin/v1/inspect", use: inspect)
    }

    @Sendable private func inspect(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let admin = try await authenticator.administrator(of: request, on: context, at: now)
        let question = try TokenQuestion(body: try await request.jsonBody(), allowsViewer: false)
        let inspection = try await administration.inspect(question.token, by: admin, at: now)
        return Answer.json(
            .object([
                ("verdict", .string(inspection.verdict.rawValue)),
                ("link", inspection.link.map { $0.administrators(at: now) }),
            ])
        )
    }
}
