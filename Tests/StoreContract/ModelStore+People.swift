// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension ModelTransaction {
    func carts(heldBy holder: Subject, before: CartVersion?, limit: Int) -> [SharedCart] {
        let held = state.grants.compactMap { grant -> SharedCart? in
            guard grant.holder == holder, grant.withdrawnAt == nil, let cart = cart(grant.cart) else { return nil }
            guard cart.incarnation == grant.incarnation, before.map({ cart.version < $0 }) ?? true else { return nil }
            return SharedCart(summary: cart.summary, grant: grant)
        }
        return Array(held.sorted { $0.summary.version > $1.summary.version }.prefix(limit))
    }

    func companyUser(_ id: CompanyUserID) -> CompanyUser? { state.companyUsers[id] }

    func companyUsers(of user: UserID) -> [CompanyUser] {
        companyUsers { $0.person?.userID == user }
    }

    func companyUsers(of company: CompanyID, limit: Int) -> [CompanyUser] {
        Array(companyUsers { $0.person?.companyID == company && $0.status == .active }.prefix(limit))
    }

    private func companyUsers(where isMeant: (CompanyUser) -> Bool) -> [CompanyUser] {
        state.companyUsers.values.filter(isMeant).sorted { $0.id.text < $1.id.text }
    }

    func put(_ user: CompanyUser) { state.companyUsers[user.id] = user }

    func comment(_ id: CommentID) -> Comment? { state.comments.first { $0.comment.id == id }?.comment }

    func comments(on cart: CartID, in incarnation: Incarnation) -> [Comment] {
        state.comments.map(\.comment).filter { $0.cart == cart && $0.incarnation == incarnation }
    }

    func commentMark(of cart: CartID, in incarnation: Incarnation) -> CommentMark {
        let numbers = state.comments.filter { $0.comment.cart == cart && $0.comment.incarnation == incarnation }.map(\.number)
        return CommentMark(count: numbers.count, last: numbers.last ?? 0)
    }

    func insert(_ comment: Comment) {
        state.lastComment += 1
        state.comments.append((state.lastComment, comment))
    }

    func deleteComment(_ id: CommentID) { state.comments.removeAll { $0.comment.id == id } }

    func endLife(of cart: CartID) {
        state.grants.removeAll { $0.cart == cart }
        state.comments.removeAll { $0.comment.cart == cart }
        for link in state.links where link.cart == cart {
            state.acceptances[link.id] = nil
            state.snapshots[link.id] = nil
        }
    }

    func holdLinks(by author: CompanyUserID, unless member: Person?) {
        for row in state.links.indices {
            guard let owner = state.links[row].author.owner, owner.companyUserID == author, state.links[row].revokedAt == nil else {
                continue
            }
            let isStillHe = member.map { $0.userID == owner.userID && $0.companyID == owner.companyID } ?? false
            if isStillHe { state.links[row].pauses.remove(.directory) } else { state.links[row].pauses.insert(.directory) }
        }
    }
}

extension Cart {
    var summary: Summary { Summary(id: id, name: name, state: state, version: version, updatedAt: updatedAt) }
}
