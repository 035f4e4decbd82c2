// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import ShareLinks

@testable import CartlinkServer

/// The problem that `work` throws, nil where it succeeds.
func problem<Value>(of work: () async throws -> Value) async -> Problem? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error as? Problem
    }
}

/// The problem that reading `json` throws, nil where it is accepted.
func problem<Value>(reading json: String, _ read: ([UInt8]) throws(Problem) -> Value) -> Problem? {
    do {
        _ = try read(Array(json.utf8))
        return nil
    } catch {
        return error
    }
}

extension Request {
    init(_ method: HTTPRequest.Method = .get, _ path: String = "/v1/carts", headers: HTTPFields = [:]) {
        self.init(
            head: HTTPRequest(method: method, scheme: "http", authority: "links.shop.example", path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer())
        )
    }
}
