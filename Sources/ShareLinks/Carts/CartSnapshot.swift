// SPDX-License-Identifier: Apache-2.0

/// What guests could see of a cart when a link was issued that pins it.
package struct CartSnapshot: Sendable, Equatable {
    package let format: CartFormat
    /// The guests' projection of that moment, never more: what a store doesn't hold can't get out.
    package let document: [UInt8]

    package init(format: CartFormat, document: [UInt8]) {
        self.format = format
        self.document = document
    }
}

extension Cart {
    /// The cart as a link that pinned it shows it to guests: what it is, and nothing of what is in it now.
    func pinned(to snapshot: CartSnapshot) -> Cart {
        Cart(
            id: id,
            incarnation: incarnation,
            version: version,
            format: snapshot.format,
            state: state,
            owner: owner,
            name: nil,
            document: snapshot.document,
            updatedAt: updatedAt,
            origin: origin
        )
    }

    /// A pinned cart, shown only while its platform says that the cart is still the one that was shared.
    func pinned(to reading: Reading?) -> Cart {
        var pinned = self
        pinned.reading = reading
        return pinned
    }
}
