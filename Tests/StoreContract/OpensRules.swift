// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization
import Testing

extension StoreRule {
    static let opens = [
        StoreRule("opens are added up, and the last person's moment stays") { shop in
            try await shop.push()
            var link = try await shop.issue()
            #expect(link.opens == LinkOpens(people: 0, robots: 0, lastAt: nil))
            let steps: [(add: LinkOpens, sum: LinkOpens)] = [
                (LinkOpens(robots: 3), LinkOpens(robots: 3)),
                (LinkOpens(people: 2, lastAt: TestShop.start + 9), LinkOpens(people: 2, robots: 3, lastAt: TestShop.start + 9)),
                (LinkOpens(people: 1, robots: 1, lastAt: TestShop.start + 5), LinkOpens(people: 3, robots: 4, lastAt: TestShop.start + 9)),
                (LinkOpens(robots: 1), LinkOpens(people: 3, robots: 5, lastAt: TestShop.start + 9)),
                (LinkOpens(people: 1, lastAt: TestShop.start + 10), LinkOpens(people: 4, robots: 5, lastAt: TestShop.start + 10)),
            ]
            for (add, sum) in steps {
                link.opens = sum
                #expect(try await shop.count(add, of: link) == link)
            }
        },
        StoreRule("opens are counted at their own link alone, also at one that has ended") { shop in
            try await shop.push()
            let (link, other) = (try await shop.issue(), try await shop.issue())
            try await shop.revoke(link)
            #expect(try await shop.count(LinkOpens(robots: 1), of: link).opens.robots == 1)
            #expect(try await shop.stored(other.id) == other)
        },
        StoreRule("opens of an unknown link are nobody's") { shop in
            try await shop.push()
            let link = try await shop.issue()
            try await shop.store.write(.ordinary) { store throws(ShareError) in
                try store.add(LinkOpens(people: 1), to: LinkID(high: 1, low: 1))
            }
            #expect(try await shop.stored(link.id) == link)
        },
        StoreRule("a change of a link that was read before leaves what was counted since") { shop in
            try await shop.push()
            let link = try await shop.issue()
            _ = try await shop.count(LinkOpens(people: 1, robots: 1, lastAt: TestShop.start), of: link)
            try await shop.store.write(.ordinary) { store throws(ShareError) in
                var renamed = link
                renamed.label = LinkLabel("later")
                try store.update(renamed)
            }
            let stored = try #require(try await shop.stored(link.id))
            #expect(stored.opens == LinkOpens(people: 1, robots: 1, lastAt: TestShop.start) && stored.label?.text == "later")
        },
        StoreRule("counting makes no version and no audit row, and wakes nobody") { shop in
            let cart = try await shop.push()
            let link = try await shop.issue()
            let rows = try await shop.audit().count
            let heard = Atomic<Int>(0)
            shop.store.changes.listen { _ in heard.add(1, ordering: .relaxed) }
            _ = try await shop.count(LinkOpens(people: 1, lastAt: TestShop.start), of: link)
            #expect(heard.load(ordering: .relaxed) == 0)
            #expect(try await shop.audit().count == rows)
            #expect(try await shop.open(link).cart.version == cart.version)
            let next = try await shop.store.write(.ordinary) { store throws(ShareError) in try store.nextSerial() }
            #expect(next.number == link.serial.number + 1)
        },
    ]
}
