// SPDX-License-Identifier: Apache-2.0

/// The part that a caller plays towards one cart: the columns of the table of rights.
package enum Standing: Hashable, Sendable {
    case owner
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
        case .seeMemberProjection: [.owner, .fullGrant, .readOnlyGrant, .memberByLink].contains(self)
        case .seeGuestProjection: true
        case .editItems: [.owner, .fullGrant].contains(self)
        case .comment, .watch, .seeHolders: [.owner, .fullGrant, .readOnlyGrant].contains(self)
        case .deleteAnyComment: self == .owner
        case .manageSharing: self == .owner || has(.issueLinks)
        case .takeDown, .administer: has(.admin)
        case .leave: [.fullGrant, .readOnlyGrant].contains(self)
        case .resolveToken: has(.resolveLinks)
        case .writeCart: has(.writeCarts)
        case .writeDirectory: has(.writeDirectory)
        case .readCart: has(.readCarts)
        }
    }

    private func has(_ scope: Scope) -> Bool {
        if case .service(let scopes) = self { scopes.contains(scope) } else { false }
    }

    /// Which projection of the cart this standing may see.
    package var relation: Relation {
        if may(.seePersonalData) { return .owner }
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
