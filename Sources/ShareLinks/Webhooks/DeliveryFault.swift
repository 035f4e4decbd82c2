// SPDX-License-Identifier: Apache-2.0

/// Why an attempt to deliver a message failed, in words of ours for the person who can mend it. Nothing of it comes from the receiver but
/// the status.
package enum DeliveryFault: Sendable, Hashable {
    case answered(Int)
    case redirected
    case gone
    case noAnswer
    case noConnection
    case refused
    case closed
    case notHTTP
    case nameUnknown
    case privateAddress
    case certificate
    case tls

    /// What is kept of it.
    package var code: String {
        switch self {
        case .answered(let status): "answered \(status)"
        case .redirected: "redirected"
        case .gone: "gone"
        case .noAnswer: "no-answer"
        case .noConnection: "no-connection"
        case .refused: "refused"
        case .closed: "closed"
        case .notHTTP: "not-http"
        case .nameUnknown: "name-unknown"
        case .privateAddress: "private-address"
        case .certificate: "certificate"
        case .tls: "tls"
        }
    }

    package init?(code: String) {
        let plain: [DeliveryFault] = [
            .redirected, .gone, .noAnswer, .noConnection, .refused, .closed, .notHTTP, .nameUnknown, .privateAddress, .certificate, .tls,
        ]
        if let fault = plain.first(where: { $0.code == code }) {
            self = fault
        } else if code.hasPrefix("answered "), let status = Int(code.dropFirst("answered ".count)) {
            self = .answered(status)
        } else {
            return nil
        }
    }

    /// `reason` in the admin API and in the log.
    package var reason: String {
        switch self {
        case .answered(let status): "the receiver answered \(status)"
        case .redirected: "redirects are not followed: configure the final address"
        case .gone: "the receiver answered 410: it wants no more of these; remove the webhook, or retry once it does"
        case .noAnswer: "no answer within 10 s"
        case .noConnection: "no connection within 2 s: the host is down, or a firewall is in the way"
        case .refused: "the connection was refused: nothing listens there"
        case .closed: "the receiver closed the connection before it had answered"
        case .notHTTP: "the answer isn't HTTP"
        case .nameUnknown: "the name doesn't resolve"
        case .privateAddress: "the name resolves to a private address; set allowPrivateAddresses if that is meant"
        case .certificate: "TLS: the certificate isn't valid for the name, or nobody trusted issued it"
        case .tls: "TLS: no secure connection could be agreed on"
        }
    }
}
