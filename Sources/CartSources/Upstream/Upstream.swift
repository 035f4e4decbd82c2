// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
package import CoreMetrics
import NIOCore
import NIOHTTP1
package import OutgoingHTTP
package import ShareLinks
import Synchronization

/// One platform's host: bounded in time, bytes and connections, asked again where that is safe, and left alone while it fails.
package final class Upstream: Sendable {
    private let base: EndpointURL
    private let headers: SecretHeaders
    private let limits: UpstreamLimits
    private let connections: EndpointConnections
    private let places: TurnLine<String>
    private let breaker: Mutex<CircuitBreaker>
    /// Until when the platform asked to be left alone.
    private let restEnd = Mutex<ContinuousClock.Instant?>(nil)
    private let meters: UpstreamMeters
    private let now: @Sendable () -> Timestamp
    private let chance: @Sendable () -> Double

    /// - Parameters:
    ///   - base: requests' paths go behind its path; a query in it is left out.
    ///   - headers: go with every request.
    ///   - now: what dates in answers are compared with; nothing is timed by it.
    ///   - chance: a number from 0 to 1 that spreads retries.
    package init(
        base: EndpointURL,
        allowsPrivateAddresses: Bool,
        headers: SecretHeaders = SecretHeaders(),
        limits: UpstreamLimits = UpstreamLimits(),
        resolve: @escaping NameResolver = systemResolver,
        metrics: any MetricsFactory = MetricsSystem.factory,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double
    ) {
        self.base = base
        self.headers = headers
        self.limits = limits
        connections = EndpointConnections(
            url: base,
            allowsPrivateAddresses: allowsPrivateAddresses,
            most: limits.connections,
            retriesConnecting: false,
            resolve: resolve
        )
        places = TurnLine(places: limits.connections, mostWaiting: limits.waiting)
        breaker = Mutex(CircuitBreaker(threshold: limits.failures, rest: limits.rest))
        meters = UpstreamMeters(host: base.host, factory: metrics)
        self.now = now
        self.chance = chance
    }

    /// Sends a request, again where that is safe, and reads the answer.
    ///
    /// Answers come back with any status from 200 to 499 but redirects and 429; all else is thrown.
    package func send(_ request: UpstreamRequest) async throws(SourceError) -> UpstreamAnswer {
        do throws(UpstreamFault) {
            return try await answer(request, until: .now + limits.whole)
        } catch {
            throw error.error(for: request, limits)
        }
    }

    /// To be called where an answer's body isn't what it should be: such a platform fails as much as one that doesn't answer.
    package func noteUnusable() {
        meters.count(.unusable)
        breaker.withLock { breaker in
            breaker.noteUnusable(at: .now)
            meters.show(circuit: breaker.level(at: .now))
        }
    }

    /// Closes what is open; has to be called before the last reference goes.
    package func close() async { await connections.close() }

    private func answer(_ request: UpstreamRequest, until end: ContinuousClock.Instant) async throws(UpstreamFault) -> UpstreamAnswer {
        guard let outgoing = outgoing(request) else { throw .notFormed }
        // Before the line for a connection: nobody has to wait for a no.
        guard !breaker.withLock({ $0.refuses(at: .now) }) else { throw held(.circuitOpen) }
        try await waitAsAsked(until: end)
        do throws(TurnLine<String>.Refusal) {
            try await places.enter(base.host, within: limits.whole)
        } catch {
            throw error == .cancelled ? .cancelled(wasSent: false) : held(.busy)
        }
        defer { places.leave(base.host) }
        // Waiting here says nothing of the platform, which may have asked for a rest meanwhile.
        guard .now < end else { throw held(.busy) }
        guard restEnd.withLock({ $0.map { $0 <= .now } ?? true }) else { throw held(.resting) }
        var retry = 0
        var last: UpstreamFault?
        while true {
            guard let pass = breaker.withLock({ $0.admit(at: .now) }) else { throw last ?? held(.circuitOpen) }
            do throws(UpstreamFault) {
                let answer = try await attempt(outgoing, until: end)
                note(nil, pass)
                return answer
            } catch {
                note(error, pass)
                retry += 1
                guard retry <= limits.retries, error.allowsRetry(of: request) else { throw error }
                try await pause(before: retry, after: error, until: end)
                last = error
            }
        }
    }

    /// Who said Retry-After to one is asked by nobody meanwhile; for a minute at most, as it may have been a mistake.
    private func waitAsAsked(until end: ContinuousClock.Instant) async throws(UpstreamFault) {
        guard let restEnd = restEnd.withLock({ $0 }), .now < restEnd else { return }
        // Whoever waits needs time for the call itself, and not all come back in the same moment.
        guard restEnd + limits.whole / 2 < end else { throw held(.resting) }
        let pause = limits.pause(before: 1, chance: chance())
        do { try await Task.sleep(until: restEnd + pause, clock: .continuous) } catch { throw .cancelled(wasSent: false) }
    }

    private func noteRest(_ seconds: Int64) {
        let end = ContinuousClock.now + .seconds(min(max(seconds, 0), 60))
        restEnd.withLock { restEnd in restEnd = max(restEnd ?? end, end) }
    }

    /// Throws `fault` where the pause doesn't fit in the time that is left.
    private func pause(before retry: Int, after fault: UpstreamFault, until end: ContinuousClock.Instant) async throws(UpstreamFault) {
        var pause = limits.pause(before: retry, chance: chance())
        if case .answered(_, let seconds?) = fault {
            guard seconds < 3600 else { throw fault }
            pause = max(pause, .seconds(seconds))
        }
        guard ContinuousClock.now + pause < end else { throw fault }
        do { try await Task.sleep(for: pause) } catch { throw .cancelled(wasSent: false) }
    }

    private func attempt(_ request: HTTPClient.Request, until end: ContinuousClock.Instant) async throws(UpstreamFault) -> UpstreamAnswer {
        let mark = SendMark()
        let left = end - .now
        guard left > .zero else { throw .outOfTime(wasSent: false) }
        do {
            let reader = AnswerReader(mostBytes: limits.mostBytes, mark: mark, now: now())
            let answer = try await within(left) { [connections] in
                try await connections.withClient { client in
                    try Task.checkCancellation()
                    mark.hand()
                    let task = client.execute(request: request, delegate: reader)
                    return try await withTaskCancellationHandler {
                        try await task.get()
                    } onCancel: {
                        task.cancel()
                    }
                }
            }
            if let answer { return answer }
        } catch let fault as UpstreamFault {
            throw fault
        } catch {
            guard !Task.isCancelled else { throw .cancelled(wasSent: mark.mayBeOut) }
            let fault = ConnectionFault(of: error)
            throw fault == .noAnswer ? .outOfTime(wasSent: mark.mayBeOut) : .connection(fault, wasSent: mark.mayBeOut(at: fault))
        }
        throw Task.isCancelled ? .cancelled(wasSent: mark.mayBeOut) : .outOfTime(wasSent: mark.mayBeOut)
    }

    private func outgoing(_ request: UpstreamRequest) -> HTTPClient.Request? {
        var fields = HTTPHeaders()
        for field in headers.fields + request.headers { fields.replaceOrAdd(name: field.name, value: field.value) }
        if !fields.contains(name: "accept") { fields.add(name: "accept", value: "application/json") }
        fields.replaceOrAdd(name: "accept-encoding", value: "identity")
        fields.replaceOrAdd(name: "user-agent", value: "Cartlink")
        return try? HTTPClient.Request(
            url: base.text(joining: request),
            method: HTTPMethod(rawValue: request.method.rawValue),
            headers: fields,
            body: request.body.map { .bytes($0) }
        )
    }

    private func note(_ fault: UpstreamFault?, _ pass: CircuitBreaker.Pass) {
        if let fault { meters.count(fault) } else { meters.count(.answered) }
        if case .answered(_, let seconds?)? = fault { noteRest(seconds) }
        let isFailure = if let fault { fault.isFailureOfHost } else { Bool?.some(false) }
        breaker.withLock { breaker in
            breaker.giveBack(pass, isFailure: isFailure, at: .now)
            meters.show(circuit: breaker.level(at: .now))
        }
    }

    /// A request that isn't sent.
    private func held(_ fault: UpstreamFault) -> UpstreamFault {
        meters.count(fault)
        return fault
    }
}

extension EndpointURL {
    fileprivate func text(joining request: UpstreamRequest) -> String {
        var text = String(text.prefix { $0 != "?" })
        while text.hasSuffix("/") { text.removeLast() }
        text += request.path.hasPrefix("/") ? request.path : "/" + request.path
        let query = request.query.map { "\(PathSegment.percentEncoded($0.name))=\(PathSegment.percentEncoded($0.value))" }
        return query.isEmpty ? text : text + "?" + query.joined(separator: "&")
    }
}
