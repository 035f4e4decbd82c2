// SPDX-License-Identifier: Apache-2.0

/// One change of a cart's items, as a person asks for it.
package enum ItemEdit: Sendable {
    case add(NewItem)
    case setQuantity(item: String, Quantity)
    case remove(item: String)
}
