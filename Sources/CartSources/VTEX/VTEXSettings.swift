// SPDX-License-Identifier: Apache-2.0

/// How carts of a VTEX store are read and changed.
package struct VTEXSettings: Sendable, Equatable {
    /// Sent as `sc`, where the store has more than one.
    package var salesChannel: String?
    /// Who sells an article that the cart doesn't hold yet; "1" is the store itself.
    package var defaultSeller: String
    package var owner: OwnerMatch?
    /// Whether the policy draws stars, for which it needs the personal sections, too.
    package var drawsMasks: Bool

    package init(salesChannel: String? = nil, defaultSeller: String = "1", owner: OwnerMatch? = nil, drawsMasks: Bool = false) {
        self.salesChannel = salesChannel
        self.defaultSeller = defaultSeller
        self.owner = owner
        self.drawsMasks = drawsMasks
    }
}
