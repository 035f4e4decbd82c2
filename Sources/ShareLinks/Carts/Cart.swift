// SPDX-License-Identifier: Apache-2.0

/// A cart as a shop pushed it, with what rights depend on.
public struct Cart: Sendable {
    package let id: CartID
    package var incarnation: Incarnation
    package var version: CartVersion
    package let format: CartFormat
    package var state: CartState
    package var owner: Person?
    /// The cart's own `name`, where its format has one. Text that a shopper typed: for the owner's eyes.
    package var name: String?
    /// The JSON document, byte for byte as it was pushed but for edits of its items.
    package var document: [UInt8]
    /// The ids of lines that people added since the shop's last push: no guest sees them.
    package var unconfirmed: Set<String>
    package var updatedAt: Timestamp
    /// Where the cart lives if it isn't kept here; the document is empty until its source has given it.
    package var origin: CartOrigin?
    /// What its source says of the document; nil for a cart that is kept here.
    package var reading: Reading?

    /// How a document from a source is to be taken.
    package struct Reading: Sendable, Equatable {
        package let isMasked: Bool
        package let freshUntil: ContinuousClock.Instant
    }

    package init(
        id: CartID,
        incarnation: Incarnation,
        version: CartVersion,
        format: CartFormat,
        state: CartState,
        owner: Person?,
        name: String?,
        document: [UInt8],
        unconfirmed: Set<String> = [],
        updatedAt: Timestamp,
        origin: CartOrigin? = nil
    ) {
        self.id = id
        self.incarnation = incarnation
        self.version = version
        self.format = format
        self.state = state
        self.owner = owner
        self.name = name
        self.document = document
        self.unconfirmed = unconfirmed
        self.updatedAt = updatedAt
        self.origin = origin
    }

    /// The cart without its document, for lists.
    package struct Summary: Sendable {
        package let id: CartID
        package let name: String?
        package let state: CartState
        package let version: CartVersion
        package let updatedAt: Timestamp

        package init(id: CartID, name: String?, state: CartState, version: CartVersion, updatedAt: Timestamp) {
            self.id = id
            self.name = name
            self.state = state
            self.version = version
            self.updatedAt = updatedAt
        }
    }
}

/// A cart in the list of someone who has a grant on it.
package struct SharedCart: Sendable {
    package let summary: Cart.Summary
    package let grant: Grant

    package init(summary: Cart.Summary, grant: Grant) {
        self.summary = summary
        self.grant = grant
    }
}

/// Counts changes; a store gives each number once, also across carts and after a cart was deleted.
package struct CartVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
    package static func < (one: CartVersion, other: CartVersion) -> Bool { one.number < other.number }
    package var description: String { String(number) }
}

/// One life of a cart id under one owner: the version at which that life began.
package struct Incarnation: Hashable, Sendable {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
}

package enum CartFormat: String, Sendable, CaseIterable {
    case cartlink
    case vtexOrderForm = "vtex-orderform"
    /// The JSON:API document that Spryker's Glue answers for a cart, its items included.
    case sprykerCart = "spryker-cart"
}

package enum CartState: String, Sendable, CaseIterable {
    case open
    /// Items can't be edited; links go on working.
    case locked
    /// The order was placed: links are gone.
    case ordered
}
