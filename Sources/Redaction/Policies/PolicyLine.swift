// SPDX-License-Identifier: Apache-2.0

/// What kind of data a path holds.
enum DataClass: String, CaseIterable {
    /// Anyone who holds the link may see it.
    case `public`
    /// It tells who the owner is, or something about them.
    case personal
    /// It pays or is worth money: cards, gift cards, coupon codes.
    case payment
    /// An id that opens something or ties people together.
    case identifier
    /// Nobody can say what is in it: free text, custom data.
    case opaque

    var mayBeShownToGuests: Bool { self == .public }
}

/// What happens to a scalar on its way to one viewer.
enum Action: String, CaseIterable {
    case drop, show
    /// Personal data is cut out of the text; a number or a key that holds some is dropped.
    case scrub
    /// Shown if it is an `https:` URL on a known host without query, fragment and user info.
    case link
    /// Shown unless the link hides prices.
    case price = "show:price"
}

/// One line of a policy: a path, its class, and what guests, members and the owner see of it.
struct PolicyLine {
    let number: Int
    let path: PolicyPath
    let dataClass: DataClass
    let guest: Action
    let member: Action
    let owner: Action

    func action(for viewer: Viewer, showPrices: Bool) -> Action {
        let action =
            switch viewer {
            case .guest: guest
            case .member: member
            case .owner: owner
            case .service: dataClass == .personal || dataClass == .payment ? Action.drop : .show
            }
        guard action == .price else { return action }
        return showPrices ? .show : .drop
    }

    func says(theSameAs other: PolicyLine) -> Bool {
        (dataClass, guest, member, owner) == (other.dataClass, other.guest, other.member, other.owner)
    }
}
