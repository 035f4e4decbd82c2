// SPDX-License-Identifier: Apache-2.0

import Redaction
package import ShareLinks

extension Projections {
    /// What guests may see of a cart now: what a link that pins it will show them.
    package func shownToGuests(_ cart: Cart, showPrices: Bool) throws(ShareError) -> [UInt8] {
        do throws(Problem) {
            return try view(of: cart, for: .guest, showPrices: showPrices).document
        } catch {
            throw ShareError(unreadable: error)
        }
    }
}

extension ShareError {
    /// A stored cart that can't be projected is given away by no use case.
    init(unreadable problem: Problem) {
        self = .storeUnavailable(StoreError(.damaged, cause: problem.cause ?? "the stored cart can't be read"))
    }
}
