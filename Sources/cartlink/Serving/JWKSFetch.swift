// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Gets a JWK set: without redirects, at most 1 MiB, within five seconds.
enum JWKSFetch {
    struct Failed: Error {
        let status: UInt
    }

    static func file(_ path: String) -> @Sendable () async throws -> [UInt8] {
        { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
    }

    static func url(_ url: String, through client: HTTPClient) -> @Sendable () async throws -> [UInt8] {
        {
            var request = HTTPClientRequest(url: url)
            request.headers.add(name: "Accept", value: "application/jwk-set+json, application/json")
            let response = try await client.execute(request, timeout: .seconds(5))
            guard response.status == .ok else { throw Failed(status: response.status.code) }
            return Array(try await response.body.collect(upTo: 1024 * 1024).readableBytesView)
        }
    }
}
