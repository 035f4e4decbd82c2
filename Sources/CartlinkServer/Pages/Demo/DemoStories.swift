// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import Synchronization

/// The stories that the demo's page leads through, and which of their steps really happened: the store says so, no click does.
package final class DemoStories: Sendable {
    enum Step: String, CaseIterable {
        case make, open, invite, accept, edit, lower, revoke, gone, take
    }

    /// The cart that Olivia shares, and the one that she prepares for a customer.
    let cart: CartID
    private let prepared: CartID
    let owner: Person
    let colleague: Person
    let customer: Person
    /// How the labels of links begin that nobody made by hand.
    private let preparedLabel: String
    /// When the service last told a stranger that a link is gone. It keeps no record of that, so it is noted here.
    private let goneSeen = Mutex<Timestamp?>(nil)

    package init(cart: CartID, prepared: CartID, owner: Person, colleague: Person, customer: Person, preparedLabel: String) {
        self.cart = cart
        self.prepared = prepared
        self.owner = owner
        self.colleague = colleague
        self.customer = customer
        self.preparedLabel = preparedLabel
    }

    /// Who one has to be for a step; nil for a stranger, and for the administrator, who isn't a person of the shop.
    func person(for step: Step) -> Person? {
        switch step {
        case .make, .invite, .lower: owner
        case .accept, .edit: colleague
        case .take: customer
        case .open, .revoke, .gone: nil
        }
    }

    /// Where a step takes place. What it needs may not be there yet: then the shop, where it can be made.
    func place(of step: Step, in sharing: Sharing, at now: Timestamp) async throws(ShareError) -> DemoPlace {
        switch step {
        case .make, .invite, .lower: return .shop(cart, opensDialog: true)
        case .edit, .revoke: return .shop(cart, opensDialog: false)
        case .open:
            return try await place(of: sharing) { $0.audience == .external && $0.status(at: now) == .active }
        case .accept:
            return try await place(of: sharing) {
                $0.audience.circle != nil && $0.access == .full && !$0.allowsTakeOver && $0.status(at: now) == .active
            }
        case .take:
            return try await place(of: sharing, on: prepared) { $0.allowsTakeOver && $0.status(at: now) == .active }
        case .gone:
            let place = try await place(of: sharing) { $0.audience == .external && $0.revokedAt != nil }
            if case .link(let token) = place { await note(token, in: sharing, at: now) }
            return place
        }
    }

    private func note(_ token: Token, in sharing: Sharing, at now: Timestamp) async {
        do throws(ShareError) {
            _ = try await sharing.open(token.text, as: .stranger, at: now)
        } catch {
            if error == .linkGone { goneSeen.withLock { $0 = now } }
        }
    }

    /// The newest link that serves the step, made by hand rather than prepared.
    private func place(
        of sharing: Sharing,
        on cart: CartID? = nil,
        where serves: @escaping @Sendable (Link) -> Bool
    ) async throws(ShareError) -> DemoPlace {
        let id = cart ?? self.cart
        let links = try await sharing.store.read { view throws(ShareError) in
            guard let cart = try view.cart(id) else { return [Link]() }
            return try view.links(of: id, in: cart.incarnation)
        }
        let fitting = links.filter { serves($0) && sharing.token(of: $0) != nil }.sorted { $0.serial < $1.serial }
        guard let link = fitting.last(where: { !isPrepared($0) }) ?? fitting.last, let token = sharing.token(of: link) else {
            return .shop(id, opensDialog: false)
        }
        return .link(token)
    }

    private func isPrepared(_ link: Link) -> Bool {
        link.label?.text.hasPrefix(preparedLabel) ?? false
    }

    /// The steps that happened since a moment.
    func done(since start: Timestamp, in sharing: Sharing) async throws(ShareError) -> Set<Step> {
        let (cart, prepared, owner, colleague, customer) = (cart, prepared, owner, colleague, customer)
        let (links, owners, colleagues, customers) = try await sharing.store.read { view throws(ShareError) in
            let present = try view.cart(cart)
            let links = try present.map { cart throws(ShareError) in try view.links(of: cart.id, in: cart.incarnation) } ?? []
            return (
                links,
                try view.deeds(of: owner, on: cart, since: start),
                try view.deeds(of: colleague, on: cart, since: start),
                try view.deeds(of: customer, on: prepared, since: start)
            )
        }
        let made = links.filter { $0.createdAt >= start && !isPrepared($0) }
        let takenBack = links.filter { link in
            guard link.audience == .external, let revokedAt = link.revokedAt, revokedAt >= start else { return false }
            return !owners.contains { $0.action == .linkRevoked && $0.link == link.id }
        }
        let happened: [(Step, Bool)] = [
            (.make, made.contains { $0.audience == .external }),
            (.open, links.contains { $0.audience == .external && $0.opens.lastAt.map { $0 >= start } ?? false }),
            (.invite, made.contains { $0.audience.circle?.kind == .businessUnit && $0.mode.access == .full }),
            (.accept, colleagues.contains { $0.action == .grantAccepted }),
            (.edit, colleagues.contains { $0.action == .cartEdited }),
            (.lower, owners.contains { $0.lowers(colleague.subject) }),
            (.revoke, !takenBack.isEmpty),
            (.gone, goneSeen.withLock { $0.map { $0 >= start } ?? false }),
            (.take, customers.contains { $0.action == .cartTakenOver }),
        ]
        return Set(happened.filter(\.1).map(\.0))
    }
}

extension StoreView {
    /// What a person did to a cart, as the audit has it.
    fileprivate func deeds(of person: Person, on cart: CartID, since start: Timestamp) throws(ShareError) -> [AuditEntry] {
        var query = AuditQuery()
        query.cart = cart
        query.actor = "\(person.subject)"
        query.from = start
        return try audit(matching: query, after: 0, limit: 500).map(\.entry)
    }
}

extension AuditEntry {
    fileprivate func lowers(_ holder: Subject) -> Bool {
        switch action {
        case .grantChanged: after?.hasSuffix(" to \(holder) \(Access.readOnly.rawValue)") ?? false
        case .grantWithdrawn: before?.hasSuffix(" to \(holder)") ?? false
        default: false
        }
    }
}
