// SPDX-License-Identifier: Apache-2.0

/// Headers that go with every request to a platform, as its key; they print nothing of themselves.
package struct SecretHeaders: Sendable, CustomStringConvertible, CustomReflectable {
    let fields: [UpstreamRequest.Field]

    package init(_ fields: [UpstreamRequest.Field] = []) {
        self.fields = fields
    }

    package var description: String { "SecretHeaders(hidden)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
