// SPDX-License-Identifier: Apache-2.0

/// What accepting a link would bring a person now.
enum Prospect {
    /// The cart is the person's own.
    case owns
    /// The person holds as much, or the owner's later decision stands.
    case holds(HeldGrant)
    case gains(Gain)

    struct Gain {
        let person: Person
        let access: Access
        /// The grant as the store has it, and what it gives now.
        let present: Grant?
        let held: HeldGrant?
        /// Whoever came through this link before has his place.
        let hasAccepted: Bool
    }
}

extension StoreView {
    /// Judges what accepting `link` would bring `caller`; throws what accepting would be refused with.
    ///
    /// The owner's later decision wins: whoever was withdrawn or lowered, under whatever name, gains nothing through a
    /// link issued before.
    func prospect(
        of link: Link,
        with token: Token,
        for caller: Caller,
        on cart: Cart,
        under rules: SharingRules
    ) throws(ShareError) -> Prospect {
        guard case .internal = link.audience, token.mode.isInternal else { throw .notAcceptable }
        guard case .person(let claimed) = caller else { throw caller == .stranger ? .loginRequired : .notAcceptable }
        let person = try present(claimed)
        if cart.isOwned(by: person) { return .owns }
        // Asked for the link's sake alone: a grant held already doesn't make anyone a member of its audience.
        _ = try Standing.of(.person(person), in: cart, holding: nil, through: (link, token))
        let isDecided = try lastDecision(about: person, calling: claimed.subject, on: cart).map { $0 > link.serial } ?? false
        let access = link.access(with: token)
        let present = try grant(of: person.subject, on: cart.id, in: cart.incarnation)
        let held = try present.map { grant throws(ShareError) in try self.held(grant, by: person) } ?? nil
        let hasAccepted = try acceptance(of: link.id, by: person.subject) != nil
        if let held, held.access >= access {
            // A link that gives the cart away has to be accepted itself, whatever the person holds.
            if hasAccepted || !link.allowsTakeOver || isDecided { return .holds(held) }
        } else if isDecided {
            guard let held else { throw .grantWithdrawn }
            return .holds(held)
        }
        guard rules.allow(link.audience, access) else { throw .notAllowedHere }
        guard hasAccepted || link.maxAccepts.map({ link.accepts < $0 }) ?? true else { throw .acceptLimitReached }
        return .gains(.init(person: person, access: access, present: present, held: held, hasAccepted: hasAccepted))
    }
}
