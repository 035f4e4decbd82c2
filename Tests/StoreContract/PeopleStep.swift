// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// One use case around people: accepting, grants, the directory, comments and taking over.
enum PeopleStep: Sendable {
    case accept(Int, by: Person)
    case takeOver(Int, by: Person)
    case revokeKeeping(Int, by: Person)
    case grant(Access, to: Subject, CartID, by: Person)
    case setAccess(Int, Access, by: Person)
    case withdraw(Int, by: Person)
    case enter(Person, isActive: Bool)
    case remove(CompanyUserID)
    case recognise(Person)
    case comment(CartID, by: Person)
    case deleteComment(Int, CartID, by: Person)

    static let everyone = HistoryStep.people + [TestShop.eva]
    /// As the directory may know them: another unit, another company, another user under the same id.
    static let entries =
        [TestShop.carla, TestShop.dora, TestShop.eva, TestShop.fred]
        + [
            TestShop.buyer("dora", unit: "sales", companyUser: "cu-dora"), TestShop.buyer("dora", company: "other", companyUser: "cu-dora"),
            TestShop.buyer("eva", unit: "paint", companyUser: "cu-eva"), TestShop.buyer("anna", companyUser: "cu-eva"),
        ]

    init(using random: inout some RandomNumberGenerator) {
        let cart = HistoryStep.cartID(.random(in: 0..<HistoryStep.cartCount, using: &random))
        let person = Self.everyone.randomElement(using: &random)!
        let number = Int.random(in: 0..<8, using: &random)
        let entry = Self.entries.randomElement(using: &random)!
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<8: self = .accept(number, by: person)
        case 8, 9: self = .takeOver(number / 2, by: person)
        case 10: self = .revokeKeeping(number, by: person)
        case 11, 12: self = .grant(number < 4 ? .full : .readOnly, to: entry.subject, cart, by: person)
        case 13, 14: self = .setAccess(number, number.isMultiple(of: 2) ? .full : .readOnly, by: person)
        case 15, 16: self = .withdraw(number, by: person)
        case 17, 18, 19: self = .enter(entry, isActive: number > 1)
        case 20: self = number < 2 ? .remove(entry.companyUserID!) : .recognise(person)
        case 21, 22: self = .comment(cart, by: person)
        default: self = .deleteComment(number, cart, by: person)
        }
    }

    func run(on shop: TestShop, at now: Timestamp) async throws(ShareError) -> String {
        switch self {
        case .accept(let index, let person):
            guard let link = try await shop.recentLink(index) else { return "none" }
            return "\(try await shop.accept(link, as: person, at: now))"
        case .takeOver(let index, let person):
            guard let link = try await shop.recentLink(index) else { return "none" }
            return "\(try await shop.takeOver(link, as: person, at: now))"
        case .revokeKeeping(let index, let person):
            guard let link = try await shop.recentLink(index) else { return "none" }
            try await shop.revoke(link, keepsGrants: true, by: person, at: now)
            return "revoked"
        case .grant(let access, let holder, let cart, let person):
            let (held, isNew) = try await shop.sharing.grant(access, to: holder, on: cart, by: .person(person), onBehalfOf: nil, at: now)
            return "\(held) \(isNew)"
        case .setAccess(let index, let access, let person):
            guard let grant = try await shop.someGrant(index) else { return "none" }
            try await shop.setAccess(of: grant, to: access, by: person, at: now)
            return "set"
        case .withdraw(let index, let person):
            guard let grant = try await shop.someGrant(index) else { return "none" }
            try await shop.withdraw(grant, by: person, at: now)
            return "withdrawn"
        case .enter(let person, let isActive): return "\(try await shop.enter(person, isActive: isActive, at: now))"
        case .remove(let id):
            try await shop.sharing.remove(id, by: TestShop.directory, at: now)
            return "removed"
        case .recognise(let person):
            try await shop.sharing.recognise(person, at: now)
            return "recognised"
        case .comment(let cart, let person): return "\(try await shop.comment("at \(now)", on: cart.text, by: person, at: now))"
        case .deleteComment(let index, let cart, let person):
            let comments = try await shop.sharing.comments(on: cart, for: .person(person))
            guard index < comments.count else { return "none" }
            try await shop.sharing.deleteComment(comments[index].id, on: cart, by: .person(person), at: now)
            return "deleted"
        }
    }
}

extension TestShop {
    func recentLink(_ index: Int) async throws(ShareError) -> Link? {
        let page = try await administration.links(for: TestShop.admin, matching: LinkQuery(), after: nil, limit: 12, at: TestShop.start)
        return index < page.links.count ? page.links[index] : nil
    }

    fileprivate func someGrant(_ index: Int) async throws(ShareError) -> Grant? {
        var grants: [Grant] = []
        for number in 0..<HistoryStep.cartCount { grants += try await storedGrants(on: HistoryStep.cartID(number).text) }
        return index < grants.count ? grants[index] : nil
    }
}

extension StoreView {
    /// What every look-up around people answers, as texts to compare.
    func everythingOfPeople(at now: Timestamp) throws(ShareError) -> [String] {
        var texts: [String] = []
        for number in 0..<HistoryStep.cartCount {
            guard let cart = try cart(HistoryStep.cartID(number)) else { continue }
            texts.append("\(try grants(on: cart.id, in: cart.incarnation))")
            texts.append("\(try comments(on: cart.id, in: cart.incarnation))")
            texts.append("\(try commentMark(of: cart.id, in: cart.incarnation).count)")
            for person in PeopleStep.everyone {
                texts.append("\(String(describing: try grant(of: person.subject, on: cart.id, in: cart.incarnation)))")
            }
        }
        for person in PeopleStep.everyone { texts.append("\(try carts(heldBy: person.subject, before: nil, limit: 99))") }
        for entry in PeopleStep.entries {
            texts.append("\(String(describing: try companyUser(entry.companyUserID!)))")
            texts.append("\(try companyUsers(of: entry.userID)) \(try companyUsers(of: entry.companyID!, limit: 3))")
        }
        for selector in HistoryStep.selectors(at: now) { texts.append("\(selector) \(try grantsToWithdraw(named: selector))") }
        return texts
    }
}
