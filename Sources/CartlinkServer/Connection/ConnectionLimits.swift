// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore

/// What one connection may ask for.
package struct ConnectionLimits: Sendable {
    /// Longest address and longest header line, in bytes.
    var longestLine = 8 * 1024
    /// All headers together.
    var allHeaders = 16 * 1024
    var headerCount = 100
    var idle: TimeAmount = .seconds(30)
    /// From a request's first byte to the end of its headers.
    var head: TimeAmount = .seconds(10)
    var wholeRequest: TimeAmount = .seconds(30)
    /// How long a refused peer may take to read why.
    var lingering: TimeAmount = .seconds(2)
    /// How long a connection that is at rest when the server stops is still served. A proxy that ends its own idle connections
    /// sooner, and hears `Connection: close` on the others, never sends a request to one that is being closed.
    var draining: TimeAmount = .seconds(2)
    /// How long what a stream has sent may wait until the peer's system has taken it.
    var unacknowledged: TimeAmount = .seconds(60)
    /// Open connections; more wait in the system's queue.
    var connections: Int

    package init(connections: Int) {
        self.connections = connections
    }

    /// Why a request's head is refused, nil where it may go on.
    func refusal(of head: HTTPRequest) -> Problem? {
        if head.path?.utf8.count ?? 0 > longestLine { return Problem(code: .uriTooLong) }
        if head.headerFields.contains(where: { $0.name.rawName.utf8.count + $0.value.utf8.count > longestLine }) {
            return Problem(code: .headersTooLarge)
        }
        // The codec takes the first Host away; one that is left was a second (RFC 9112 section 3.2).
        if head.authority == nil || head.headerFields[.host] != nil {
            return Problem(code: .malformedRequest, detail: "A request has exactly one Host.")
        }
        let codings = head.headerFields[values: .transferEncoding]
        guard codings.isEmpty || (codings.count == 1 && codings[0].lowercased() == "chunked") else {
            return Problem(code: .malformedRequest, detail: "The only transfer coding here is chunked.")
        }
        return nil
    }
}

extension HTTPField.Name {
    static let host = HTTPField.Name("Host")!
    static let expect = HTTPField.Name("Expect")!
}
