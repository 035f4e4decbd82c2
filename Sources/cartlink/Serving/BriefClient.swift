// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore

/// The client for hosts that this node is told to trust, itself among them: no redirects, short waits.
enum BriefClient {
    /// Lends a client for as long as `work` runs.
    ///
    /// - Parameter patience: for an answer to begin or to go on.
    static func withClient<Answer>(
        patience: TimeAmount = .seconds(5),
        _ work: (HTTPClient) async throws -> Answer
    ) async throws -> Answer {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(2), read: patience)
        // Where nobody listens that is the answer: a command says so at once, and keys are asked for again at their time.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let answer: Answer
        do {
            answer = try await work(client)
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        return answer
    }
}
