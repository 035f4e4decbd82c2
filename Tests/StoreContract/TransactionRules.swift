// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let transactions = [
        StoreRule("a change that throws leaves nothing behind") { shop in
            let cart = try await shop.push()
            let link = try await shop.issue()
            let next = link.serial.number + 1
            await #expect(throws: ShareError.notAllowedHere) {
                try await shop.store.write(.ordinary) { store throws(ShareError) in
                    _ = try store.nextVersion()
                    try store.deleteCart(cart.id)
                    _ = try store.revoke(.all, at: TestShop.start)
                    try store.markRetiredIfKnown(link.key)
                    try store.record(AuditEntry(at: TestShop.start, actor: "nobody", action: .cartDeleted))
                    throw .notAllowedHere
                }
            }
            #expect(try await shop.open(link).cart.version == cart.version)
            #expect(try await shop.audit().map(\.sequence) == [1, 2])
            #expect(try await shop.push("cart-2").version == CartVersion(next))
        },
        StoreRule("a change sees what it wrote itself") { shop in
            let cart = try await shop.push()
            let link = try await shop.issue()
            try await shop.store.write(.ordinary) { store throws(ShareError) in
                #expect(try store.revoke(.cart(cart.id), at: TestShop.start) == 1)
                #expect(try store.link(link.id)?.revokedAt == TestShop.start)
                #expect(try store.liveLinks(of: cart.id, in: cart.incarnation, at: TestShop.start) == 0)
                try store.deleteCart(cart.id)
                #expect(try store.cart(cart.id) == nil)
            }
        },
        StoreRule("a read that starts after a write's answer sees it") { shop in
            try await shop.push()
            for _ in 0..<100 {
                let link = try await shop.issue(.external.lasting(seconds: 60))
                #expect(try await shop.stored(link.id) == link)
                try await shop.revoke(link)
                #expect(try await shop.stored(link.id)?.revokedAt != nil)
            }
        },
        StoreRule("a read looks at one state while writes go on") { shop in
            let ids = (0..<4).map { "cart-\($0)" }
            let pushAll = { @Sendable (document: String) async throws(ShareError) in
                try await shop.store.write(.ordinary) { store throws(ShareError) in
                    for id in ids { try store.put(.plain(id, version: try store.nextVersion(), document: document)) }
                }
            }
            try await pushAll("0")
            try await withThrowingTaskGroup { group in
                group.addTask { for number in 1...50 { try await pushAll("\(number)") } }
                for _ in 0..<3 {
                    group.addTask {
                        for _ in 0..<50 {
                            let seen = try await shop.store.read { view throws(ShareError) in
                                var documents: Set<[UInt8]> = []
                                for id in ids { documents.insert(try view.cart(CartID(id)!)?.document ?? []) }
                                return documents
                            }
                            #expect(seen.count == 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
        },
        StoreRule("a caller that is cancelled still learns what became of its change") { shop in
            try await shop.push()
            let answers = await withTaskGroup(of: Link?.self) { group in
                for _ in 0..<20 { group.addTask { try? await shop.issue() } }
                group.cancelAll()
                return await group.reduce(into: [Link]()) { $0 += $1.map { [$0] } ?? [] }
            }
            #expect(answers.count == 20)
            for link in answers { #expect(try await shop.stored(link.id) == link) }
        },
    ]
}

extension StoreTransaction {
    fileprivate func markRetiredIfKnown(_ key: LinkKey.Fingerprint) throws(ShareError) {
        try remember(KnownKey(fingerprint: key, slot: KeySlot(rawValue: 0)!, firstSeen: TestShop.start))
        try markRetired(key, at: TestShop.start)
    }
}

extension Cart {
    fileprivate static func plain(_ id: String, version: CartVersion, document: String) -> Cart {
        Cart(
            id: CartID(id)!,
            incarnation: Incarnation(1),
            version: version,
            format: .cartlink,
            state: .open,
            owner: nil,
            name: nil,
            document: Array(document.utf8),
            updatedAt: TestShop.start
        )
    }
}
