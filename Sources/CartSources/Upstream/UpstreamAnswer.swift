// SPDX-License-Identifier: Apache-2.0

/// What a platform answered, read as a whole. It may hold people's data: it prints the status alone.
package struct UpstreamAnswer: Sendable, CustomStringConvertible, CustomReflectable {
    /// 200 to 499 without redirects and 429.
    package let status: Int
    package let body: [UInt8]
    /// Whether its content type says so.
    package let isJSON: Bool
    /// The seconds for which the platform asks to wait.
    package let retryAfter: Int64?

    package init(status: Int, body: [UInt8], isJSON: Bool, retryAfter: Int64? = nil) {
        self.status = status
        self.body = body
        self.isJSON = isJSON
        self.retryAfter = retryAfter
    }

    package var description: String { "UpstreamAnswer(\(status))" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
