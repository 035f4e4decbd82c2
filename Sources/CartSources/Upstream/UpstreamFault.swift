// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import ShareLinks

/// Why one attempt had no answer that a source can judge.
enum UpstreamFault: Error, Equatable {
    case connection(ConnectionFault, wasSent: Bool)
    case outOfTime(wasSent: Bool)
    case cancelled(wasSent: Bool)
    /// Retry-After is read where it means that nothing was done: 429 and 503.
    case answered(Int, retryAfter: Int64?)
    case tooLarge
    case encoded
    case notFormed
    case busy
    case circuitOpen
    /// It asked to be left alone for longer than there is time.
    case resting

    /// For the log: words and numbers of ours.
    func cause(_ limits: UpstreamLimits) -> String {
        switch self {
        case .connection(let fault, _): Self.words(fault)
        case .outOfTime: "no answer in \(limits.whole.words)"
        case .cancelled: "cancelled"
        case .answered(let status, _): "answered \(status)"
        case .tooLarge: "body larger than \(limits.bodyMiB) MiB"
        case .encoded: "body encoded"
        case .notFormed: "request not formed"
        case .busy: "too many calls"
        case .circuitOpen: "circuit open"
        case .resting: "asked to wait"
        }
    }

    private static func words(_ fault: ConnectionFault) -> String {
        switch fault {
        case .nameUnknown: "name unknown"
        case .privateAddress: "private address"
        case .noConnection: "no connection"
        case .refused: "connection refused"
        case .certificate: "certificate not valid"
        case .tls: "no secure connection"
        case .noAnswer: "no answer"
        case .closed: "connection closed"
        case .notHTTP: "answer not HTTP"
        }
    }

    /// Whether the platform may have done what was asked.
    private var mayBeDone: Bool {
        switch self {
        case .connection(_, let wasSent), .outOfTime(let wasSent), .cancelled(let wasSent): wasSent
        case .answered(429, _): false
        case .answered(_, let retryAfter): retryAfter == nil
        case .tooLarge, .encoded: true
        case .notFormed, .busy, .circuitOpen, .resting: false
        }
    }

    func error(for request: UpstreamRequest, _ limits: UpstreamLimits) -> SourceError {
        !request.isIdempotent && mayBeDone ? .outcomeUnknown(cause: cause(limits)) : .unavailable(cause: cause(limits))
    }

    /// Whether the request may be sent once more.
    func allowsRetry(of request: UpstreamRequest) -> Bool {
        switch self {
        case .connection(.privateAddress, _), .connection(.certificate, _): false
        case .connection(_, let wasSent): request.isIdempotent || !wasSent
        case .answered(429, let retryAfter), .answered(503, let retryAfter): request.isIdempotent || retryAfter != nil
        case .answered(500..., _): request.isIdempotent
        case .answered, .outOfTime, .cancelled, .tooLarge, .encoded, .notFormed, .busy, .circuitOpen, .resting: false
        }
    }

    /// Nil where it says nothing of the platform's health.
    var isFailureOfHost: Bool? {
        switch self {
        case .connection, .outOfTime, .encoded: true
        case .answered(let status, _): status >= 500 ? true : nil
        // One cart that is too large must not keep people from the others.
        case .tooLarge, .resting, .cancelled, .notFormed, .busy, .circuitOpen: nil
        }
    }
}

extension Duration {
    fileprivate var words: String {
        self == .seconds(components.seconds) ? "\(components.seconds) s" : "\(Int(self / .milliseconds(1))) ms"
    }
}
