// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks
import Testing

@testable import CartlinkServer

/// The places of open streams, and what wakes them.
struct EventStreamsTests {
    private let feed = ChangeFeed()
    private let streams: EventStreams

    init() {
        streams = EventStreams(most: 3, changes: feed) { SettableClock.start }
    }

    private func open(_ cart: String = "a", reader: String? = nil, login: Int64 = 3600) throws -> EventPlace {
        let reader = UserID(reader ?? "reader-\(streams.count)")!
        return try streams.open(on: CartID(cart)!, for: reader, until: SettableClock.start.adding(seconds: login))
    }

    private func tick(seconds: Int64 = 0) {
        streams.tick(at: SettableClock.start.adding(seconds: seconds))
    }

    /// The wake that waits for each place, nil where none does. Nothing can be read of the places after that.
    private func waiting(_ places: EventPlace...) async -> [Wake?] {
        var waiting: [Wake?] = []
        for place in places {
            let wake = await withTaskGroup(of: Wake?.self) { group in
                group.addTask {
                    var wakes = place.wakes.makeAsyncIterator()
                    return await wakes.next()
                }
                // Whoever is cancelled waits for nothing that isn't there.
                group.cancelAll()
                return await group.next() ?? nil
            }
            waiting.append(wake)
        }
        return waiting
    }

    @Test func placesBeyondTheCapAreRefusedUntilOneIsFree() throws {
        var places = try (0..<3).map { _ in try open() }
        let problem = #expect(throws: Problem.self) { try open() }
        #expect(problem?.code == .tooManyRequests)
        #expect(problem?.headers[.retryAfter] != nil)
        places.removeLast()
        #expect(streams.count == 2)
        places.append(try open("b"))
        #expect(streams.count == 3)
    }

    @Test func onePersonHasHalfOfThePlacesAtMost() throws {
        let streams = EventStreams(most: 4, changes: feed) { SettableClock.start }
        func open(_ reader: String) throws -> EventPlace {
            try streams.open(on: CartID("a")!, for: UserID(reader)!, until: SettableClock.start.adding(seconds: 9))
        }
        var places = [try open("eva"), try open("eva")]
        #expect(throws: Problem.self) { try open("eva") }
        places.append(try open("bert"))
        places.removeFirst()
        places.append(try open("eva"))
        #expect(streams.count == 3)
    }

    @Test func aChangeWakesThoseWhoWatchTheCart() async throws {
        let (one, two, other) = (try open(), try open(), try open("b"))
        feed.publish([.cart(CartID("a")!), .cart(CartID("c")!)])
        #expect(await waiting(one, two, other) == [.look(beat: one.firstBeat), .look(beat: two.firstBeat), nil])
    }

    @Test func whatMayMeanAllCartsWakesAllAtTheNextTick() async throws {
        let (early, one, other) = (try open(), try open(), try open("b"))
        feed.publish([.everything])
        #expect(await waiting(early) == [nil])
        tick()
        #expect(await waiting(one, other) == [.look(beat: one.firstBeat), .look(beat: other.firstBeat)])
    }

    @Test func aTickWakesNobodyWithoutReason() async throws {
        let place = try open()
        feed.publish([.everything])
        tick()
        var wakes = place.wakes.makeAsyncIterator()
        #expect(await wakes.next() == .look(beat: place.firstBeat))
        tick()
        #expect(await waiting(place) == [nil])
    }

    @Test func eachStreamHasOneBeatInFifteenSeconds() async throws {
        let places = try (0..<3).map { _ in try open() }
        for _ in 0..<EventStreams.ticksPerBeat { tick() }
        for place in places { #expect(await waiting(place) == [.look(beat: place.firstBeat + 1)]) }
    }

    @Test func aChangeDoesNotHideABeat() async throws {
        let place = try open()
        for _ in 0..<EventStreams.ticksPerBeat { tick() }
        feed.publish([.cart(CartID("a")!)])
        #expect(await waiting(place) == [.look(beat: place.firstBeat + 1)])
    }

    @Test func aStreamEndsWithItsLogin() async throws {
        let (short, long) = (try open(login: 10), try open(login: 11))
        tick(seconds: 9)
        feed.publish([.cart(CartID("a")!)])
        tick(seconds: 10)
        feed.publish([.cart(CartID("a")!)])
        #expect(await waiting(short, long) == [.end(.loginExpired), .look(beat: long.firstBeat)])
    }

    @Test func afterTheEndNoneIsOpened() async throws {
        let place = try open()
        streams.close()
        #expect(await waiting(place) == [.end(.stopping)])
        let problem = #expect(throws: Problem.self) { try open() }
        #expect(problem?.code == .unavailable)
    }

    /// The changes of another node are published by the check alone, and nobody else asks it while no one opens links.
    @Test func openStreamsHaveTheStoreAskForWhatOthersChanged() async throws {
        let check = HeldCheck()
        let streams = EventStreams(most: 3, changes: feed, check: check) { SettableClock.start }
        streams.tick(at: SettableClock.start)
        #expect(check.calls == 0, "nobody watches")
        let place = try streams.open(on: CartID("a")!, for: UserID("eva")!, until: SettableClock.start.adding(seconds: 9))
        for _ in 0..<3 { streams.tick(at: SettableClock.start) }
        #expect(check.calls == 1, "one at a time")
        check.end()
        streams.tick(at: SettableClock.start)
        #expect(check.calls == 2)
        check.end(HeldCheck.failure)
        streams.tick(at: SettableClock.start)
        #expect(await waiting(place) == [.look(beat: place.firstBeat)], "where nothing can be heard of, all look for themselves")
    }
}
