// SPDX-License-Identifier: Apache-2.0

/// Why a store couldn't read or write.
///
/// Two errors of one kind are equal whatever caused them; the cause is for the log alone.
package struct StoreError: Error, Equatable, Sendable {
    package let kind: Kind
    package let cause: String

    package enum Kind: String, Sendable {
        /// No room is left, or less than the reserve that is kept for revocations.
        case full
        /// The disk or the database takes no writes.
        case readOnly = "read-only"
        /// The store is damaged or its disk fails; a restart checks it.
        case damaged
        /// The store doesn't answer.
        case unreachable
        /// A change was sent, and whether it was made isn't known; asking again is safe.
        case undecided
        /// More writes wait than the store can take.
        case overloaded
    }

    package init(_ kind: Kind, cause: String) {
        self.kind = kind
        self.cause = cause
    }

    package static func == (one: StoreError, other: StoreError) -> Bool { one.kind == other.kind }
}
