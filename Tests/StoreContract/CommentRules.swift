// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let comments = [
        StoreRule("comments are read back as they were written, the oldest first") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let texts = ["first", "zweite Zeile\nmit Ümlaut 🎁 'quoted'", String(repeating: "x", count: 2000)]
            var made: [ShareLinks.Comment] = []
            for text in texts { made.append(try await shop.comment(text, by: TestShop.carla, at: TestShop.start + -Int64(made.count))) }
            try await shop.push("cart-2", owner: TestShop.carla)
            try await shop.comment("elsewhere", on: "cart-2", by: TestShop.carla)
            #expect(try await shop.sharing.comments(on: cart.id, for: .person(TestShop.carla)) == made)
            #expect(made.map(\.text.text) == texts)
            #expect(made.map(\.author) == Array(repeating: TestShop.carla.subject, count: 3))
            let found = try await shop.store.read { [made] view throws(ShareError) in
                (try view.comment(made[1].id), try view.comment(CommentID("unknown")!))
            }
            #expect(found.0 == made[1])
            #expect(found.1 == nil)
        },
        StoreRule("a cart's mark differs after each comment that came or went") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let mark = { () async throws(ShareError) in
                try await shop.store.read { view throws(ShareError) in try view.commentMark(of: cart.id, in: cart.incarnation) }
            }
            var marks = [try await mark()]
            #expect(marks[0].count == 0)
            let first = try await shop.comment("one", by: TestShop.carla)
            marks.append(try await mark())
            let second = try await shop.comment("two", by: TestShop.carla)
            marks.append(try await mark())
            #expect(marks[2].count == 2)
            // The count comes back; the mark doesn't, so that who watches hears of it.
            for comment in [second, first] {
                try await shop.sharing.deleteComment(comment.id, on: cart.id, by: .person(TestShop.carla), at: TestShop.start)
                try await shop.comment("another", by: TestShop.carla)
                marks.append(try await mark())
            }
            #expect(marks[4].count == 2)
            for (place, mark) in marks.enumerated() { #expect(!marks[..<place].contains(mark), "\(place)") }
            try await shop.push("cart-2", owner: TestShop.carla)
            try await shop.comment("elsewhere", on: "cart-2", by: TestShop.carla)
            #expect(try await mark() == marks[4])
        },
        StoreRule("the owner and grant holders comment, others can't or don't know of the cart") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            let link = try await shop.issue(.unit(.readOnly), by: TestShop.carla)
            _ = try await shop.accept(link, as: TestShop.dora)
            try await shop.grant(.full, toKnown: TestShop.eva)
            for person in [TestShop.carla, TestShop.dora, TestShop.eva] { try await shop.comment("mine", by: person) }
            let callers: [(Caller, ShareError)] = [
                (.stranger, .loginRequired), (.service(TestShop.storefront), .permissionDenied), (.person(TestShop.anna), .cartNotFound),
                (.person(TestShop.fred), .cartNotFound),
            ]
            for (caller, error) in callers {
                await #expect(throws: error) {
                    try await shop.sharing.comment(CommentText("hello")!, on: cart.id, by: caller, at: TestShop.start)
                }
                await #expect(throws: error) { try await shop.sharing.comments(on: cart.id, for: caller) }
                await #expect(throws: error) { try await shop.sharing.glimpse(of: cart.id, for: caller) }
            }
            for person in [TestShop.carla, TestShop.dora, TestShop.eva] {
                #expect(try await shop.sharing.comments(on: cart.id, for: .person(person)).count == 3)
                #expect(try await shop.sharing.glimpse(of: cart.id, for: .person(person)).comments.count == 3)
            }
            try await shop.revoke(link, by: TestShop.carla)
            await #expect(throws: ShareError.cartNotFound) { try await shop.comment("still here", by: TestShop.dora) }
            await #expect(throws: ShareError.cartNotFound) { try await shop.sharing.glimpse(of: cart.id, for: .person(TestShop.dora)) }
        },
        StoreRule("people delete their own comments, the owner any, nobody another cart's") { shop in
            let cart = try await shop.push(owner: TestShop.carla)
            try await shop.push("cart-2", owner: TestShop.dora)
            for person in [TestShop.dora, TestShop.eva] { try await shop.grant(.full, toKnown: person) }
            let delete = { (comment: ShareLinks.Comment, id: String, person: Person) async throws(ShareError) in
                try await shop.sharing.deleteComment(comment.id, on: CartID(id)!, by: .person(person), at: TestShop.start)
            }
            let doras = try await shop.comment("dora's", by: TestShop.dora)
            let evas = try await shop.comment("eva's", by: TestShop.eva)
            await #expect(throws: ShareError.permissionDenied) { try await delete(evas, "cart-1", TestShop.dora) }
            await #expect(throws: ShareError.commentNotFound) { try await delete(evas, "cart-2", TestShop.dora) }
            await #expect(throws: ShareError.cartNotFound) { try await delete(evas, "cart-1", TestShop.anna) }
            #expect(try await shop.sharing.comments(on: cart.id, for: .person(TestShop.carla)) == [doras, evas])
            try await delete(doras, "cart-1", TestShop.dora)
            try await delete(evas, "cart-1", TestShop.carla)
            #expect(try await shop.sharing.comments(on: cart.id, for: .person(TestShop.carla)).isEmpty)
            await #expect(throws: ShareError.commentNotFound) { try await delete(evas, "cart-1", TestShop.carla) }
            // What people wrote stays out of the audit.
            let rows = try await shop.audit().map { "\($0.entry)" }
            #expect(!rows.contains { $0.contains("dora's") || $0.contains("eva's") })
        },
        StoreRule("a private owner deletes any comment whichever company he logs in with") { shop in
            let cart = try await shop.push(owner: TestShop.anna)
            let link = try await shop.issue(.internal(.shop))
            _ = try await shop.accept(link, as: TestShop.ben)
            let comment = try await shop.comment("ben's", by: TestShop.ben)
            let anna = TestShop.buyer("anna", companyUser: "cu-anna")
            #expect(try await shop.standing(of: anna) == .owner)
            try await shop.sharing.deleteComment(comment.id, on: cart.id, by: .person(anna), at: TestShop.start)
        },
        StoreRule("a cart takes as many comments as the shop allows") { shop in
            let shop = TestShop(store: shop.store, rules: SharingRules(commentsPerCart: 2))
            let cart = try await shop.push(owner: TestShop.carla)
            let first = try await shop.comment("1", by: TestShop.carla)
            try await shop.comment("2", by: TestShop.carla)
            await #expect(throws: ShareError.limitReached) { try await shop.comment("3", by: TestShop.carla) }
            try await shop.sharing.deleteComment(first.id, on: cart.id, by: .person(TestShop.carla), at: TestShop.start)
            try await shop.comment("3", by: TestShop.carla)
        },
    ]
}
