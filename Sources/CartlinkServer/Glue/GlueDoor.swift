// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// Lets requests under `/glue` in, and words what a use case refuses.
struct GlueDoor: Sendable {
    let authenticator: Authenticator
    /// `https://<host>/glue`.
    let base: String
    let now: @Sendable () -> Timestamp

    init(authenticator: Authenticator, publicURL: String, now: @escaping @Sendable () -> Timestamp) {
        self.authenticator = authenticator
        base = "\(publicURL)/glue"
        self.now = now
    }

    typealias Use = @Sendable (GlueVisit) async throws -> Response

    /// A handler for an address of `type`.
    func handler(
        _ type: GlueType,
        _ task: GlueTask = .reading,
        _ use: @escaping Use
    ) -> @Sendable (Request, ServerContext) async throws -> Response {
        { request, context in
            guard let path = request.gluePath, !path.contains("//") else { throw GlueRefusal(.notFound) }
            return try await enter(request, context, type, task, use)
        }
    }

    func enter(
        _ request: Request,
        _ context: ServerContext,
        _ type: GlueType,
        _ task: GlueTask,
        _ use: Use
    ) async throws -> Response {
        let visit = GlueVisit(
            request: request,
            context: context,
            door: self,
            type: type,
            query: GlueQuery(request.uri.query),
            now: now()
        )
        do {
            return try await use(visit)
        } catch let error as ShareError {
            throw GlueRefusal(GlueError(error, doing: task))
        }
    }
}
