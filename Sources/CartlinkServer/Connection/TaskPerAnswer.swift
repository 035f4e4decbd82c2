// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Works each answer out in a task of its own, whose memory goes when it is done.
///
/// A task keeps what its deepest call once needed. A connection's task lives as long as the connection: where thousands wait for
/// events or their next request, that would be most of what the service holds.
struct TaskPerAnswer<Base: HTTPResponder>: HTTPResponder where Base.Context: Sendable {
    let base: Base

    func respond(to request: Request, context: Base.Context) async throws -> Response {
        async let response = base.respond(to: request, context: context)
        return try await response
    }
}
