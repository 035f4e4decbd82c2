// SPDX-License-Identifier: Apache-2.0

/// What a platform is asked. Its path and its headers may be secrets: it prints nothing of them.
package struct UpstreamRequest: Sendable, CustomStringConvertible, CustomReflectable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package typealias Field = (name: String, value: String)

    package let method: Method
    /// Percent-encoded already; it goes behind the path of the base address.
    package let path: String
    package let query: [Field]
    package let headers: [Field]
    package let body: [UInt8]?
    /// Whether it may be sent twice.
    package let isIdempotent: Bool

    /// - Parameter query: names and values as they are; they are encoded when it is sent.
    package init(
        _ method: Method,
        path: String,
        query: [Field] = [],
        headers: [Field] = [],
        body: [UInt8]? = nil,
        isIdempotent: Bool
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.isIdempotent = isIdempotent
    }

    package var description: String { "UpstreamRequest(\(method.rawValue))" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
