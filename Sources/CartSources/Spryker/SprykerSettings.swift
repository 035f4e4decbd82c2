// SPDX-License-Identifier: Apache-2.0

/// How carts of a Spryker shop are read and changed.
package struct SprykerSettings: Sendable, Equatable {
    /// Glue's carts name nobody; a shop may add an attribute that does.
    package var owner: OwnerMatch?

    package init(owner: OwnerMatch? = nil) {
        self.owner = owner
    }
}
