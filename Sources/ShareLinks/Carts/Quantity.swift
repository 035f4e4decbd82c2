// SPDX-License-Identifier: Apache-2.0

/// How many pieces of an article a person asks for: 1 to 99,999.
package struct Quantity: Hashable, Sendable {
    package static let limit: Int64 = 99_999
    package let value: Int64

    package init?(_ value: Int64) {
        guard (1...Self.limit).contains(value) else { return nil }
        self.value = value
    }
}
