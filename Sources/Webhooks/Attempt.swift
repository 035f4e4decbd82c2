// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OutgoingHTTP
import ShareLinks

/// One attempt to deliver a message.
struct Attempt: Sendable {
    let endpoint: Endpoint
    let connections: EndpointConnections

    enum Outcome: Sendable, Equatable {
        case delivered
        /// - Parameter retryAfter: the seconds for which the receiver asked to wait.
        case failed(DeliveryFault, retryAfter: Int64? = nil)
        /// It was cut off from here, and doesn't count.
        case cutOff
    }

    /// Name look-up, connection, request and the answer's head.
    static let limit = Duration.seconds(10)
    /// What is read of an answer's body, so that its connection can be used again, and thrown away.
    private static let mostOfBody = 4096
    private static let bodyLimit = Duration.seconds(1)

    func send(_ message: Message, at now: Timestamp) async -> Outcome {
        do {
            let request = request(for: message, at: now)
            guard let outcome = try await within(Self.limit + Self.bodyLimit, { try await exchange(request, at: now) }) else {
                return .failed(.noAnswer)
            }
            return outcome
        } catch {
            guard !Task.isCancelled else { return .cutOff }
            return .failed(DeliveryFault(ConnectionFault(of: error)))
        }
    }

    private func request(for message: Message, at now: Timestamp) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: endpoint.url.text)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "Cartlink-Webhooks")
        request.headers.add(name: "webhook-id", value: message.id)
        request.headers.add(name: "webhook-timestamp", value: String(now.seconds))
        request.headers.add(name: "webhook-signature", value: endpoint.secret.signature(of: message, at: now))
        request.body = .bytes(ByteBuffer(string: message.body))
        return request
    }

    private func exchange(_ request: HTTPClientRequest, at now: Timestamp) async throws -> Outcome {
        try await connections.withClient { client in
            let response = try await client.execute(request, timeout: .seconds(10))
            // The status decides: a receiver that took the message and then drips an answer gets it once all the same.
            _ = try? await within(Self.bodyLimit) {
                var read = 0
                for try await part in response.body {
                    read += part.readableBytes
                    if read > Self.mostOfBody { break }
                }
            }
            return Outcome(status: Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"), at: now)
        }
    }
}

extension Attempt.Outcome {
    init(status: Int, retryAfter: String?, at now: Timestamp) {
        switch status {
        case 200..<300: self = .delivered
        case 300..<400: self = .failed(.redirected)
        case 410: self = .failed(.gone)
        case 429, 503: self = .failed(.answered(status), retryAfter: retryAfter.flatMap { now.seconds(retryAfter: $0) })
        case _: self = .failed(.answered(status))
        }
    }
}
