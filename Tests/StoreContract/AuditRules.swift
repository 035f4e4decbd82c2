// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let audits = [
        StoreRule("the audit has every change in order and its chain verifies") { shop in
            _ = try await shop.fillWithLinks()
            let rows = try await shop.audit()
            #expect(rows.map(\.sequence) == Array(1...Int64(rows.count)))
            #expect(rows.map(\.entry.action) == [.cartPushed].repeated(5) + [.linkIssued].repeated(8) + [.linkRevoked, .linkPaused])
            #expect(auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            let other = try #require(AuditChain(key: [UInt8](repeating: 8, count: 32)))
            #expect(other.firstBroken(in: rows, after: (0, .start)) == 1)
        },
        StoreRule("the chain stays whole under concurrent changes of which some are refused") { shop in
            let shop = TestShop(store: shop.store, rules: SharingRules(linksPerCart: 30))
            try await shop.push()
            await withTaskGroup { group in
                for number in 0..<60 {
                    group.addTask {
                        guard let link = try? await shop.issue(), number.isMultiple(of: 3) else { return }
                        try? await shop.revoke(link)
                    }
                }
            }
            let rows = try await shop.audit()
            #expect(auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
            let issued = rows.filter { $0.entry.action == .linkIssued }
            #expect(Set(issued.map(\.entry.link)).count == issued.count)
            let page = try await shop.administration.links(
                for: TestShop.admin,
                matching: LinkQuery(),
                after: nil,
                limit: 100,
                at: TestShop.start
            )
            #expect(page.links.count == issued.count)
        },
        StoreRule("an audit row is read back field by field") { shop in
            let entry = AuditEntry(
                at: TestShop.start,
                actor: "admin:ops",
                action: .keyRetired,
                link: LinkID(high: .max, low: 1),
                cart: CartID("cart-1")!,
                reason: "",
                before: "früher",
                after: nil
            )
            try await shop.store.write(.ordinary) { store throws(ShareError) in try store.record(entry) }
            #expect(try await shop.audit().map(\.entry) == [entry])
        },
        StoreRule("a search by link finds the bulk revocation that took it") { shop in
            let links = try await shop.fillWithLinks()
            let later = TestShop.start + 70
            _ = try await shop.administration.revokeAll(
                .all,
                expected: 8,
                isDryRun: false,
                by: TestShop.admin,
                reason: "leak",
                at: later
            )
            var query = AuditQuery()
            query.link = links["ben"].id
            let rows = try await shop.administration.audit(for: TestShop.admin, matching: query, after: 0, limit: 10)
            #expect(rows.map(\.entry.action) == [.linkIssued, .linksRevoked])
            #expect(rows.last?.entry.at == later)
        },
        StoreRule("the audit is searched by link, cart, actor and time, and paged by sequence") { shop in
            let links = try await shop.fillWithLinks()
            let search = { (after: Int64, limit: Int, fill: (inout AuditQuery) -> Void) in
                var query = AuditQuery()
                fill(&query)
                return try await shop.administration.audit(for: TestShop.admin, matching: query, after: after, limit: limit).map(
                    \.entry.action
                )
            }
            #expect(try await search(0, 99) { $0.link = links["anna"].id } == [.linkIssued, .linkRevoked])
            let anna: [AuditEntry.Action] = [.cartPushed, .linkIssued, .linkIssued, .linkRevoked]
            #expect(try await search(0, 99) { $0.cart = CartID("cart-anna")! } == anna)
            #expect(try await search(0, 99) { $0.actor = "user:anna" } == [.linkIssued, .linkIssued, .linkRevoked])
            #expect(try await search(0, 99) { $0.from = TestShop.start + 50 } == [.linkRevoked, .linkPaused])
            #expect(try await search(0, 99) { ($0.from, $0.to) = (TestShop.start + 1, TestShop.start + 3) } == [.linkIssued, .linkIssued])
            #expect(try await search(13, 1) { _ in } == [.linkRevoked])
            #expect(try await search(.max, 2) { $0.order = .newestFirst } == [.linkPaused, .linkRevoked])
            #expect(try await search(15, 9) { ($0.order, $0.cart) = (.newestFirst, CartID("cart-anna")!) } == anna.reversed())
            #expect(try await search(14, 1) { $0.order = .newestFirst } == [.linkIssued])
        },
    ]
}

extension [AuditEntry.Action] {
    fileprivate func repeated(_ count: Int) -> Self { Array(repeatElement(self, count: count).joined()) }
}
