// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import ShareLinks

/// Logs one line per request and counts it.
///
/// Both name the route's template, never the path: the path of a shared cart is the token itself.
struct RequestLog: RouterMiddleware {
    let metrics: RequestMetrics
    let now: @Sendable () -> Timestamp
    private let refusals = MinuteQuota(perMinute: Self.refusalsPerMinute)

    /// Lines a minute about requests that came too often or at a bad time; the metrics count all of them.
    static let refusalsPerMinute = 60

    init(metrics: RequestMetrics, now: @escaping @Sendable () -> Timestamp) {
        self.metrics = metrics
        self.now = now
    }

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let duration = ContinuousClock.now - start
        let route = context.endpointPath ?? "none"
        let method = RequestMethod(request.method)
        metrics.count(method: method, route: route, status: response.status.code, duration: duration)
        // Probes come every few seconds and say nothing.
        let level: Logger.Level = route.hasPrefix("/health") ? .debug : .info
        guard level == .debug || !response.isRefusal || refusals.take(at: now()) else { return response }
        context.logger.log(
            level: level,
            "request",
            metadata: [
                "method": .string(method.rawValue),
                "route": .string(route),
                "status": .stringConvertible(response.status.code),
                "ms": .stringConvertible(duration.milliseconds),
            ]
        )
        return response
    }
}

extension Response {
    fileprivate var isRefusal: Bool { status == .tooManyRequests || status == .serviceUnavailable }
}

extension Duration {
    /// To the microsecond.
    fileprivate var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
    }
}
