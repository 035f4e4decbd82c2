// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a request had no answer.
package enum ConnectionFault: Error, Sendable, Hashable {
    case nameUnknown
    case privateAddress
    case noConnection
    case refused
    case certificate
    /// No secure connection could be agreed on.
    case tls
    case noAnswer
    case closed
    case notHTTP

    /// The one place that knows what the HTTP client throws; its texts go nowhere.
    package init(of error: any Error) {
        switch error {
        case let fault as ConnectionFault: self = fault
        case let error as HTTPClientError: self.init(client: error)
        case let error as NIOConnectionError:
            self = error.connectionErrors.first.map { ConnectionFault(of: $0.error) } ?? .noConnection
        case let error as IOError: self.init(errno: error.errnoCode)
        case is ChannelError: self = .noConnection
        case is HTTPParserError: self = .notHTTP
        case _: self.init(tls: error)
        }
    }

    private init(client error: HTTPClientError) {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: self = .noConnection
        case .deadlineExceeded, .readTimeout, .writeTimeout: self = .noAnswer
        case .tlsHandshakeTimeout: self = .tls
        case _: self = .closed
        }
    }

    private init(errno: CInt) {
        switch errno {
        case ECONNREFUSED: self = .refused
        case ECONNRESET, EPIPE: self = .closed
        case _: self = .noConnection
        }
    }

    /// NIOSSL's errors, known by name: its package comes with the client and isn't one of ours.
    private init(tls error: any Error) {
        guard String(reflecting: type(of: error)).hasPrefix("NIOSSL") else {
            self = .closed
            return
        }
        let text = "\(error)"
        self =
            ["CERTIFICATE_VERIFY_FAILED", "in certificate", "failedToValidateHostname", "unableToValidateCertificate"]
                .contains { text.contains($0) } ? .certificate : .tls
    }

    /// Whether the address may be the reason, so that another one is worth a try.
    package var leftNoConnection: Bool {
        switch self {
        case .noConnection, .refused, .certificate, .tls: true
        case .noAnswer, .closed, .notHTTP, .nameUnknown, .privateAddress: false
        }
    }
}
