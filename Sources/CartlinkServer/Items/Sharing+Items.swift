// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension Sharing {
    /// Makes one edit of a cart's items.
    func edit(
        _ edit: ItemEdit,
        of cart: CartID,
        by caller: Caller,
        ifMatch: VersionCondition? = nil,
        at now: Timestamp
    ) async throws(ShareError) -> (cart: Cart, standing: Standing) {
        if try await livesElsewhere(cart) { return try await editAtSource(edit, cart, by: caller, ifMatch: ifMatch, at: now) }
        let newItemID: Identifier<NamesItem> = SecureRandom.identifier()
        return try await self.edit(cart, by: caller, ifMatch: ifMatch, at: now) { cart throws(ShareError) in
            guard let items = ItemDocument(cart.document) else { throw .formatNotEditable }
            do throws(ItemFault) {
                return try items.applying(edit, unconfirmed: cart.unconfirmed, newItemID: newItemID.text)
            } catch {
                throw ShareError(error)
            }
        }
    }
}

extension ShareError {
    init(_ fault: ItemFault) {
        switch fault {
        case .noSuchItem: self = .itemNotFound
        case .tooMuch: self = .invalidInput([InputFault("/quantity", .tooMuch)])
        case .tooLarge: self = .cartTooLarge
        }
    }
}
