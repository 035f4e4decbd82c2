// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import OutgoingHTTPSupport
import PrometheusMetrics
import ShareLinks

@testable import CartSources

/// A platform at a host of the tests, under a name that nobody else knows.
struct Platform: Sendable {
    let host: ScriptedHost
    let upstream: Upstream
    let metrics = PrometheusRegistry(help: [:])

    init(
        _ host: ScriptedHost,
        path: String = "",
        limits: UpstreamLimits = .quick,
        headers: SecretHeaders = SecretHeaders(),
        inside: Bool = true,
        scheme: String = "http",
        resolve: @escaping NameResolver = Names([["127.0.0.1"]]).resolve
    ) throws {
        self.host = host
        upstream = Upstream(
            base: try EndpointURL("\(scheme)://platform.invalid:\(host.port)\(path)", allowsPlain: true),
            allowsPrivateAddresses: inside,
            headers: headers,
            limits: limits,
            resolve: resolve,
            metrics: metrics,
            now: { Timestamp(seconds: 1_800_000_000) },
            chance: { 1 }
        )
    }

    func read() async -> Result<Int, SourceError> { await send(UpstreamRequest(.get, path: "carts/1", isIdempotent: true)) }

    func write() async -> Result<Int, SourceError> {
        await send(UpstreamRequest(.post, path: "carts/1", body: Array("{}".utf8), isIdempotent: false))
    }

    func send(_ request: UpstreamRequest) async -> Result<Int, SourceError> {
        do throws(SourceError) {
            return .success(try await upstream.send(request).status)
        } catch {
            return .failure(error)
        }
    }

    func close() async throws {
        await upstream.close()
        try await host.close()
    }
}

extension UpstreamLimits {
    /// Short enough for tests; the time in all is long where nothing should hit it.
    static var quick: UpstreamLimits {
        var limits = UpstreamLimits()
        limits.firstPause = .milliseconds(10)
        return limits
    }

    static func within(_ milliseconds: Int) -> UpstreamLimits {
        var limits = quick
        limits.whole = .milliseconds(milliseconds)
        return limits
    }
}

extension Result where Success == Int, Failure == SourceError {
    static func unavailable(_ cause: String) -> Self { .failure(.unavailable(cause: cause)) }
    static func unknown(_ cause: String) -> Self { .failure(.outcomeUnknown(cause: cause)) }
}
