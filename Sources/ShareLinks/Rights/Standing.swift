// SPDX-License-Identifier: Apache-2.0

/// The part that a caller plays towards one cart: the columns of the table of rights.
package enum Standing: Hashable, Sendable {
    case owner
    /// The owner of a platform's cart which doesn't name him now: he has its links and grants in hand, and sees what members see.
    case unconfirmedOwner
    case fullGrant
    case readOnlyGrant
    /// Inside the audience of an internal link, and not accepted.
    case memberByLink
    case guest
    case service(Set<Scope>)

    /// The one table of rights: every route, facade and page asks it.
    package func may(_ action: Action) -> Bool {
        switch action {
        case .seePersonalData: self == .owner
        case .seeMemberProjection: [.owner, .unconfirmedOwner, .fullGrant, .readOnlyGrant, .memberByLink].contains(self)
        case .seeGuestProjection: true
        case .editItems: isOwner || self == .fullGrant
        case .comment, .watch, .seeHolders: isOwner || [.fullGrant, .readOnlyGrant].contains(self)
        case .deleteAnyComment: isOwner
        case .manageSharing: isOwner || has(.issueLinks)
        case .takeDown, .administer: has(.admin)
        case .leave: [.fullGrant, .readOnlyGrant].contains(self)
        case .resolveToken: has(.resolveLinks)
        case .writeCart: has(.writeCarts)
        case .writeDirectory: has(.writeDirectory)
        case .readCart: has(.readCarts)
        }
    }

    private var isOwner: Bool { [.owner, .unconfirmedOwner].contains(self) }

    private func has(_ scope: Scope) -> Bool {
        if case .service(let scopes) = self { scopes.contains(scope) } else { false }
    }

    /// Who that is to the cart; what he sees of it is ``Action/seePersonalData``'s to say.
    package var relation: Relation {
        if isOwner { return .owner }
        return may(.seeMemberProjection) ? .member : .guest
    }

    /// Whether the items of a cart in `state` can be edited.
    package func canEdit(in state: CartState) -> Bool {
        may(.editItems) && state == .open
    }
}

/// Who a viewer is to the cart: `relation` on the wire.
package enum Relation: String, Sendable, CaseIterable {
    case owner, member, guest
}
