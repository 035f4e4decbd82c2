// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CartlinkServer
import Foundation
import NIOCore
import NIOFoundationEssentialsCompat
import NIOHTTP1
import NIOPosix

/// Talks to the admin listener of the service that runs with the same configuration.
struct AdminClient {
    let address: ServerSettings.Address
    let key: String?

    struct Answer {
        let status: UInt
        let body: Data
    }

    /// The answer, or nil where no service listens.
    ///
    /// - Parameter patience: for an answer to begin or to go on.
    func send(
        _ method: String,
        _ path: String,
        body: [String: String]? = nil,
        accept: String = "application/json",
        patience: TimeAmount = .seconds(5)
    ) async throws -> Answer? {
        guard let key else {
            if try await isListening() { throw Refusal.failure(Self.keyMissing) }
            return nil
        }
        var request = HTTPClientRequest(url: url(path))
        request.method = .init(rawValue: method)
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        request.headers.add(name: "Accept", value: accept)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: try JSONEncoder().encode(body)))
        }
        return try await execute(request, patience)
    }

    private static let keyMissing = "the service is running: give an admin's key with --admin-key-file or CARTLINK_ADMIN_KEY"

    private func isListening() async throws -> Bool {
        try await execute(HTTPClientRequest(url: url("/health/live")), .seconds(5)) != nil
    }

    private func execute(_ request: HTTPClientRequest, _ patience: TimeAmount) async throws -> Answer? {
        do {
            return try await BriefClient.withClient(patience: patience) { client in
                let response = try await client.execute(request, timeout: patience + .seconds(25))
                return Answer(status: response.status.code, body: Data(buffer: try await response.body.collect(upTo: 64 * 1024 * 1024)))
            }
        } catch is NIOConnectionError {
            return nil
        } catch let error as IOError where error.errnoCode == ECONNREFUSED {
            return nil
        } catch let error as HTTPClientError where error == .connectTimeout {
            return nil
        } catch {
            // The error may repeat a header, and with it the key.
            throw Refusal.failure("the service at \(address) didn't answer as it should")
        }
    }

    private func url(_ path: String) -> String {
        let isAny = address.host == "0.0.0.0" || address.host == "::"
        return "http://\(isAny ? .init(host: "127.0.0.1", port: address.port) : address)\(path)"
    }
}

extension AdminClient.Answer {
    /// The JSON body of an answer that isn't a problem; a problem's detail else.
    func json() throws -> [String: Any] {
        let object = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
        guard (200..<300).contains(status) else {
            let told = (object["detail"] ?? object["title"]) as? String
            throw Refusal.failure("the service answered \(status): \(told ?? "no reason given")")
        }
        return object
    }
}
