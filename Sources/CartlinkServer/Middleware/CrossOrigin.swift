// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import ShareLinks

/// Lets pages of the shop's origins call `/v1` from a browser, and no others (Fetch Standard, section 3.3).
///
/// Never with credentials: a page brings its login in `Authorization`, and a cookie gives it nothing.
struct CrossOrigin: RouterMiddleware {
    /// `shop.origins` as texts: browsers write an origin in one form only, so nothing needs to be parsed.
    private let origins: Set<String>
    let now: @Sendable () -> Timestamp
    private let notices = MinuteQuota(perMinute: Self.noticesPerMinute)

    /// A flood of refused pages must not become one of log lines.
    static let noticesPerMinute = 20

    init(origins: Set<Origin>, now: @escaping @Sendable () -> Timestamp) {
        self.origins = Set(origins.map(\.text))
        self.now = now
    }

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard Self.concerns(request.uri.path) else { return try await next(request, context) }
        let origin = Self.allowed(request.headers, by: origins)
        var response: Response
        if !request.isPreflight {
            response = try await next(request, context)
        } else if origin != nil {
            response = Response(status: .noContent, headers: Self.permission)
        } else {
            if notices.take(at: now()) { notice(of: request, context) }
            let problem = Problem(code: .notAllowedHere, detail: "Pages of this origin may not call the service.")
            response = problem.response(requestID: context.id)
        }
        Self.vary(&response.headers)
        if let origin {
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.accessControlExposeHeaders] = "ETag, Location, Retry-After, Sunset"
        }
        return response
    }

    static func concerns(_ path: String) -> Bool { path.hasPrefix("/v1/") }

    /// Whoever keeps an answer has to know that another origin gets another.
    static func vary(_ headers: inout HTTPFields) {
        headers[.vary] = (headers[.vary].map { "\($0), " } ?? "") + "Origin"
    }

    /// The request's origin if it is one of the shop's, compared whole: browsers write it as `Origin` does.
    static func allowed(_ headers: HTTPFields, by origins: Set<String>) -> String? {
        let values = headers[values: .origin]
        return values.count == 1 && origins.contains(values[0]) ? values[0] : nil
    }

    /// What people's calls need. Services are no browsers: `On-Behalf-Of` is not for pages.
    private static let permission: HTTPFields = [
        .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE",
        .accessControlAllowHeaders: "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID",
        .accessControlMaxAge: "7200",
    ]

    /// The browser tells its page nothing of the reason, so the log tells whoever runs the service.
    private func notice(of request: Request, _ context: ServerContext) {
        let text = request.headers[values: .origin].first ?? ""
        // Only what is an origin is repeated: anything else could be long, unprintable or secret.
        let name = Origin(text)?.text ?? (text == "null" ? "null" : "not an origin")
        context.logger.notice(
            "a page of another origin may not call /v1; to let it, add its origin to shop.origins",
            metadata: ["origin": "\(name)", "setting": "shop.origins"]
        )
    }
}

extension Request {
    /// Whether a browser asks for permission before it sends another request.
    fileprivate var isPreflight: Bool {
        method == .options && headers[.origin] != nil && headers[.accessControlRequestMethod] != nil
    }
}
