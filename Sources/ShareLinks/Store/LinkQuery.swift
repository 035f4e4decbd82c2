// SPDX-License-Identifier: Apache-2.0

/// What an administrator searches links by; every part that is given must hold.
package struct LinkQuery: Sendable, Equatable {
    package var link: LinkID?
    package var cart: CartID?
    package var owner: UserID?
    /// On whose behalf it was made, or for whom alone.
    package var person: Subject?
    package var company: CompanyID?
    package var businessUnit: BusinessUnitID?
    package var status: Link.Status?
    package var label: String?
    package var keySlot: KeySlot?
    package var createdBy: String?

    package init() {}
}

/// A place in a list of links, newest first: the row that was shown last.
package struct LinkCursor: Sendable, Equatable {
    package let row: Int64
    package init(row: Int64) { self.row = row }
}

package struct LinkPage: Sendable {
    package let links: [Link]
    package let next: LinkCursor?

    package init(links: [Link], next: LinkCursor?) {
        self.links = links
        self.next = next
    }
}

/// Which links a bulk revocation means.
package enum LinkSelector: Sendable, Hashable {
    case link(LinkID)
    case cart(CartID)
    /// Links made on behalf of this user.
    case owner(UserID)
    /// Links made on behalf of this person, or for this person alone.
    case person(Subject)
    case company(CompanyID)
    case businessUnit(BusinessUnitID)
    case label(String)
    case keySlot(KeySlot)
    case key(LinkKey.Fingerprint)
    case createdBy(String)
    case createdBefore(Timestamp)
    case createdAfter(Timestamp)
    case all
}
