// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOEmbedded
import SQLiteStore
import ShareLinks
import Testing

@testable import CartlinkServer

/// What one reader of a stream is told, and why it ends, on a real store.
struct CartWatchTests {
    private let shop: TestShop
    private let cart = CartID("cart-1")!
    private let channel = NIOAsyncTestingChannel()
    private let start: CartGlimpse
    private let place: EventPlace

    init() async throws {
        shop = try await TestShop()
        try await shop.push()
        place = try shop.server.eventStreams.open(on: cart, for: UserID("reader")!, until: SettableClock.start.adding(seconds: 3600))
        start = try await shop.sharing.glimpse(of: cart, for: .person(People.owner))
    }

    /// Lets `act` do things beside the stream, and read what it writes; answers why the stream ended.
    private func watching(
        on sharing: Sharing? = nil,
        _ act: (_ told: inout AsyncStream<String>.Iterator) async throws -> Void
    ) async throws -> EventStreamEnd {
        let glimpses = GlimpseQueue(sharing: sharing ?? shop.sharing)
        let (texts, source) = AsyncStream.makeStream(of: String.self)
        let watch = CartWatch(cart: cart, reader: .person(People.owner), glimpses: glimpses, place: place, channel: channel)
        let start = start
        async let end = {
            var writer: any ResponseBodyWriter = Recorder(texts: source)
            let end = try await watch.write(from: start, missed: "", to: &writer)
            source.finish()
            return end
        }()
        var told = texts.makeAsyncIterator()
        #expect(await told.next() == EventText.opening(start))
        try await act(&told)
        let reason = try await end
        while let text = await told.next() { Issue.record("nobody expected \(text)") }
        return reason
    }

    private func beat() {
        for _ in 0..<EventStreams.ticksPerBeat { shop.server.eventStreams.tick(at: SettableClock.start) }
    }

    private func changed(_ cart: Cart) -> String {
        "event: changed\ndata: {\"version\":\(cart.version)}\nid: \(cart.version)-0-0\n\n"
    }

    @Test func whatChangesAfterTheJudgementIsTold() async throws {
        let pushed = try await shop.push()
        let end = try await watching { told in
            #expect(await told.next() == changed(pushed))
            place.end(.readerLeft)
            #expect(await told.next() == Recorder.end)
        }
        #expect(end == .readerLeft)
    }

    @Test func aBeatIsHeardWhereNothingHappened() async throws {
        let end = try await watching { told in
            shop.store.changes.publish([.cart(cart)])
            beat()
            #expect(await told.next() == ":\n\n")
            let pushed = try await shop.push()
            #expect(await told.next() == changed(pushed))
            place.end(.loginExpired)
            #expect(await told.next() == Recorder.end)
        }
        #expect(end == .loginExpired)
    }

    @Test func aDeletedCartAndALostRightLookAlike() async throws {
        let deleted = try await watching { told in
            try await shop.sharing.deleteCart(cart, by: TestShop.storefront, at: SettableClock.start)
            #expect(await told.next() == EventText.gone)
            #expect(await told.next() == Recorder.end)
        }
        #expect(deleted == .cartGone)
        let other = try await CartWatchTests()
        let lost = try await other.watching { told in
            let push = CartPush(
                id: cart,
                format: .cartlink,
                owner: People.customer,
                name: nil,
                document: Array("{}".utf8),
                transfersOwner: true
            )
            _ = try await other.shop.sharing.push(push, by: TestShop.storefront, at: SettableClock.start)
            #expect(await told.next() == EventText.gone)
            #expect(await told.next() == Recorder.end)
        }
        #expect(lost == .cartGone)
    }

    @Test func aStreamEndsWhereTheRightCannotBeJudged() async throws {
        let broken = Sharing(store: BrokenStore(), keys: shop.sharing.keys, rules: shop.sharing.rules)
        let end = try await watching(on: broken) { told in
            shop.store.changes.publish([.cart(cart)])
            #expect(await told.next() == Recorder.end)
        }
        #expect(end == .storeUnavailable)
    }

    @Test func aReaderWhoTakesNothingIsToldLater() async throws {
        let end = try await watching { told in
            channel.isWritable = false
            try await shop.push()
            let pushed = try await shop.push()
            channel.isWritable = true
            beat()
            // Where the stream looks only now, it may tell of the first push before, and beat after.
            var texts: [String] = []
            while texts.last != changed(pushed), let text = await told.next() { texts.append(text) }
            #expect(texts.count <= 2)
            place.end(.stopping)
            while let text = await told.next(), text != Recorder.end { #expect(text == EventText.heartbeat) }
        }
        #expect(end == .stopping)
    }

    @Test func aReaderWhoTakesNothingLosesHisConnectionWithHisRight() async throws {
        let end = try await watching { _ in
            channel.isWritable = false
            try await shop.sharing.deleteCart(cart, by: TestShop.storefront, at: SettableClock.start)
            try await channel.closeFuture.get()
        }
        #expect(end == .cartGone)
    }
}

/// Passes on what is written.
private struct Recorder: ResponseBodyWriter {
    static let end = "the end"
    let texts: AsyncStream<String>.Continuation

    mutating func write(_ buffer: ByteBuffer) async throws { texts.yield(String(buffer: buffer)) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { texts.yield(Self.end) }
}
