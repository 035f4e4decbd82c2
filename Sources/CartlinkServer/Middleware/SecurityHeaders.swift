// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// The headers that every answer carries, also errors: nothing leaks by referrer, index, sniffing or caches.
///
/// A route may set another value: the card's picture is for robots and for the pages of networks.
struct SecurityHeaders: RouterMiddleware {
    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        Self.complete(&response.headers)
        return response
    }

    static func complete(_ headers: inout HTTPFields) {
        for (name, value) in always where headers[name] == nil { headers[name] = value }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    static let always: [(HTTPField.Name, String)] = [
        (.referrerPolicy, "no-referrer"),
        (.robotsTag, "noindex, nofollow, noarchive"),
        (.xContentTypeOptions, "nosniff"),
        (.resourcePolicy, "same-site"),
    ]
}
