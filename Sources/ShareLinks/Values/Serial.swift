// SPDX-License-Identifier: Apache-2.0

/// A number from the store's counter: of two it tells which came first, where clocks can't.
package struct Serial: Hashable, Comparable, Sendable {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
    package static func < (one: Serial, other: Serial) -> Bool { one.number < other.number }
}
