// SPDX-License-Identifier: Apache-2.0

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
