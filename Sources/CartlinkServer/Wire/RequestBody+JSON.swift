// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// Largest body where no cart comes in: 64 kB.
    static let smallBody = 64 * 1024
    /// Largest body that carries a cart: 2 MiB.
    static let cartBody = 2 * 1024 * 1024

    /// The bytes of a JSON body of at most `limit`.
    func jsonBody(upTo limit: Int = smallBody) async throws -> [UInt8] {
        guard isJSON else { throw Problem(code: .unsupportedMediaType, detail: "Send application/json.") }
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Problem(code: .tooLarge) }
        let buffer = try await body.collect(upTo: limit)
        guard buffer.readableBytes > 0 else { throw Problem(code: .malformedRequest, detail: "The body is empty.") }
        return Array(buffer.readableBytesView)
    }

    var isJSON: Bool {
        guard let type = headers[.contentType] else { return false }
        let name = type.prefix { $0 != ";" }.lowercased().trimmingSpaces()
        return name == "application/json" || (name.hasPrefix("application/") && name.hasSuffix("+json"))
    }
}

extension Request {
    /// Takes `{}` or no body at all: what the request asks stands in its address.
    func requireNothing() async throws {
        if headers[.contentType] == nil {
            guard try await body.collect(upTo: Self.smallBody).readableBytes == 0 else {
                throw Problem(code: .unsupportedMediaType, detail: "Send application/json.")
            }
        } else {
            try Fields(try await jsonBody()).finish()
        }
    }
}

extension String {
    func trimmingSpaces() -> String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
