// SPDX-License-Identifier: Apache-2.0

/// What someone may want to do with a cart or its links: the rows of the table of rights.
package enum Action: Sendable, CaseIterable {
    case seePersonalData
    case seeMemberProjection
    case seeGuestProjection
    case editItems
    case comment
    case deleteAnyComment
    /// Follow a cart's changes.
    case watch
    /// Who else has a grant on the cart.
    case seeHolders
    /// Issue, list, narrow, extend and revoke links; make, change and withdraw grants.
    case manageSharing
    /// Revoke or pause links that others made, and retire their keys.
    case takeDown
    case leave
    case resolveToken
    /// Search links, inspect a token, read the audit and the keys' list.
    case administer
    /// Push, lock, transfer and delete carts.
    case writeCart
    case writeDirectory
    /// Read a cart but for its personal and payment data.
    case readCart
}
