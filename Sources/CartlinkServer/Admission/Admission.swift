// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import ShareLinks
import Synchronization

/// The gates of the public listener: what comes beyond its power waits a moment, and is then asked to come again.
final class Admission: Sendable {
    /// Which gate a request has to pass; the name is for metrics. None of them waits for another.
    enum Kind: String, CaseIterable {
        /// Reads of people who aren't logged in.
        case views
        /// Reads with a login or a key: these may have to wait for an identity provider.
        case members
        case changes
        /// What takes something away: no flood of new links holds up a revocation.
        case endings
        /// Long bodies of services, and those of people who don't say who they are.
        case uploads, forms
        case probes

        /// Whether a short body is awaited in front of the gate, where it takes nobody's place.
        var awaitsBody: Bool { self == .changes || self == .endings }
    }

    private let limits: AdmissionLimits
    private let gates: [Kind: AdmissionGate]
    private let origins: Set<String>
    private let loginCookie: String?
    private let now: @Sendable () -> Timestamp
    private let logger = Logger(label: "cartlink")
    private let meters = AdmissionMeters()
    private let warnings = MinuteQuota(perMinute: 1)
    private let refused = Atomic(0)
    private let told = Atomic(0)

    /// - Parameters:
    ///   - origins: `shop.origins`; their pages may read why they were refused.
    ///   - now: for the log; `clock` and `alarm` are the gates'.
    init(
        _ limits: AdmissionLimits,
        origins: Set<Origin>,
        loginCookie: String? = nil,
        now: @escaping @Sendable () -> Timestamp,
        clock: @escaping @Sendable () -> NIODeadline = { .now() },
        alarm: @escaping AdmissionGate.Alarm = { time, ring in
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: time, ring)
        }
    ) {
        self.limits = limits
        self.origins = Set(origins.map(\.text))
        self.loginCookie = loginCookie
        self.now = now
        gates = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0, AdmissionGate(limits[$0], now: clock, alarm: alarm)) })
    }

    func gate(_ kind: Kind) -> AdmissionGate { gates[kind]! }  // one of each was made

    func kind(of head: HTTPRequest) -> Kind {
        let path = head.path ?? ""
        switch head.method {
        case .get, .head:
            if path == "/health/live" || path == "/health/ready" { return .probes }
            return mayBeSomeone(head) ? .members : .views
        // A page asks so before it may take something away, and it costs next to nothing.
        case .options: return .endings
        default: break
        }
        let length = head.headerFields[.contentLength].map { Int($0) ?? .max } ?? 0
        let isLong = head.headerFields[.transferEncoding] != nil || length > limits.awaitedBody
        // Who sends a long body without saying who he is takes nobody's place but that of his like.
        if isLong { return head.headerFields[.authorization] == nil || path.hasPrefix("/s/") ? .forms : .uploads }
        return head.method == .delete || head.method == .patch && Self.takesAway(at: path) ? .endings : .changes
    }

    /// A login or key in the header, or the name of the login's cookie in one.
    private func mayBeSomeone(_ head: HTTPRequest) -> Bool {
        if head.headerFields[.authorization] != nil { return true }
        guard let loginCookie else { return false }
        return head.headerFields[values: .cookie].contains { LoginCookie.mayStand(loginCookie, in: $0) }
    }

    /// Links are paused and narrowed there, and grants lowered.
    private static func takesAway(at path: String) -> Bool {
        ["/v1/links/", "/v1/grants/", "/glue/shared-carts/"].contains { path.hasPrefix($0) }
    }

    /// The answer to a request that was refused, counted and logged.
    func answer(to head: HTTPRequest, refused refusal: AdmissionRefusal, at kind: Kind) -> RefusalAnswer {
        meters.countRefusal(refusal, at: kind)
        let (_, number) = refused.wrappingAdd(1, ordering: .relaxed)
        if warnings.take(at: now()) {
            logger.warning(
                "more requests at once than this node can do; some are refused",
                metadata: ["refused": .stringConvertible(number - told.exchange(number, ordering: .relaxed))]
            )
        }
        var problem = Problem(code: .unavailable, detail: "Nothing was changed. Too many requests came at once; try again soon.")
        // Not all at the same moment.
        problem.headers[.retryAfter] = number.isMultiple(of: 2) ? "1" : "2"
        return RefusalAnswer(problem, to: head, origins: origins)
    }

    /// Brings the gauges up to date; asked for when somebody reads them, so that a request doesn't pay for it.
    func report() {
        for kind in Kind.allCases { meters.report(gate(kind).load, of: kind) }
    }
}
