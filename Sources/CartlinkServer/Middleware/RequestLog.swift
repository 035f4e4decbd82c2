// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging

/// Logs one line per request and counts it.
///
/// Both name the route's template, never the path: the path of a shared cart is the token itself.
struct RequestLog: RouterMiddleware {
    let metrics: RequestMetrics

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let duration = ContinuousClock.now - start
        let route = context.endpointPath ?? "none"
        let method = Self.known.contains(request.method.rawValue) ? request.method.rawValue : "other"
        metrics.count(method: method, route: route, status: response.status.code, duration: duration)
        // Probes come every few seconds and say nothing.
        let level: Logger.Level = route.hasPrefix("/health") ? .debug : .info
        context.logger.log(
            level: level,
            "request",
            metadata: [
                "method": "\(method)",
                "route": "\(route)",
                "status": "\(response.status.code)",
                "ms": "\((duration / .milliseconds(1)).rounded(toPlaces: 3))",
            ]
        )
        return response
    }

    private static let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let factor = (0..<places).reduce(1.0) { product, _ in product * 10 }
        return (self * factor).rounded() / factor
    }
}
