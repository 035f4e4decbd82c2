// SPDX-License-Identifier: Apache-2.0

import Logging
import SQLiteStore
import ShareLinks
import Testing

@testable import CartlinkServer

struct OpenCountsTests {
    private let start = SettableClock.start

    private func writer(_ counts: OpenCounts, to store: any LinkStore) -> OpenCountWriter {
        OpenCountWriter(counts: counts, store: store, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }, now: { start })
    }

    private func id(_ number: Int) -> LinkID { LinkID(high: 7, low: UInt64(number)) }

    private func opens(_ link: Link, in store: SQLiteStore) async throws -> LinkOpens? {
        try await store.read { view throws(ShareError) in try view.link(link.id)?.opens }
    }

    @Test func manyOpensOfManyLinksAreWrittenAtOnceAndAddedUp() async throws {
        let shop = try await TestShop()
        try await shop.push()
        var links: [Link] = []
        for _ in 0..<3 { links.append(try await shop.issue().link) }
        let counts = OpenCounts()
        let before = shop.store.commits
        for round in 0..<2 {
            for (number, link) in links.enumerated() {
                for _ in 0...number { counts.countPerson(at: link.id, at: start.adding(seconds: Int64(round))) }
                counts.countRobot(at: link.id)
            }
            #expect(counts.waiting == 3)
            await writer(counts, to: shop.store).write()
            #expect(counts.waiting == 0)
            #expect(shop.store.commits == before + round + 1)
        }
        await writer(counts, to: shop.store).write()
        #expect(shop.store.commits == before + 2)
        for (number, link) in links.enumerated() {
            let sum = LinkOpens(people: 2 * (number + 1), robots: 2, lastAt: start.adding(seconds: 1))
            #expect(try await opens(link, in: shop.store) == sum)
        }
    }

    @Test func whatIsMoreThanAPortionIsWrittenInSeveral() async throws {
        let shop = try await TestShop()
        let counts = OpenCounts()
        for number in 0..<(2 * OpenCountWriter.portion + 1) { counts.countRobot(at: id(number)) }
        let before = shop.store.commits
        await writer(counts, to: shop.store).write()
        #expect(counts.waiting == 0)
        #expect(shop.store.commits == before + 3)
    }

    @Test func opensThatFindNoPlaceAreNotCountedAndToldOnceAMinute() {
        let counts = OpenCounts(most: 2)
        for number in 0..<5 { counts.countRobot(at: id(number)) }
        // Links that have a place go on.
        counts.countPerson(at: id(0), at: start)
        #expect(counts.portion(of: 9) == [id(0): LinkOpens(people: 1, robots: 1, lastAt: start), id(1): LinkOpens(robots: 1)])
        #expect(counts.missed(at: start) == 3)
        #expect(counts.missed(at: start) == nil)
        counts.countRobot(at: id(9))
        #expect(counts.missed(at: start.adding(seconds: 59)) == nil)
        counts.countRobot(at: id(9))
        #expect(counts.missed(at: start.adding(seconds: 60)) == 2)
        counts.settle([id(1): LinkOpens(robots: 1)])
        counts.countRobot(at: id(9))
        #expect(counts.portion(of: 9)[id(9)] == LinkOpens(robots: 1))
    }

    @Test func whatIsCountedDuringAWriteWaitsForTheNext() {
        let counts = OpenCounts()
        counts.countPerson(at: id(1), at: start)
        counts.countRobot(at: id(2))
        let written = counts.portion(of: 9)
        counts.countPerson(at: id(1), at: start.adding(seconds: 5))
        counts.settle(written)
        #expect(counts.portion(of: 9) == [id(1): LinkOpens(people: 1, lastAt: start.adding(seconds: 5))])
    }

    @Test func whatCannotBeWrittenIsKeptAndTriedAgain() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let link = try await shop.issue().link
        let counts = OpenCounts()
        counts.countPerson(at: link.id, at: start)
        await writer(counts, to: BrokenStore()).write()
        counts.countPerson(at: link.id, at: start)
        #expect(counts.waiting == 1)
        await writer(counts, to: shop.store).write()
        #expect(try await opens(link, in: shop.store) == LinkOpens(people: 2, lastAt: start))
    }

    @Test func whatIsLeftIsWrittenAtTheEnd() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let link = try await shop.issue().link
        let counts = OpenCounts()
        let writer = writer(counts, to: shop.store)
        counts.countRobot(at: link.id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await writer.run() }
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(counts.waiting == 0)
        #expect(try await opens(link, in: shop.store) == LinkOpens(robots: 1))
    }
}
