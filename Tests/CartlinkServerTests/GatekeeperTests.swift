// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import ShareLinks
import Testing

@testable import CartlinkServer

/// Connections on one event loop that share gates of one place each; what the router would answer is written by hand.
struct GatekeeperTests {
    private let loop = EmbeddedEventLoop()
    private let admission: Admission

    init() throws {
        var limits = AdmissionLimits()
        limits.views.places = 1
        limits.changes.places = 1
        limits.uploads.places = 1
        let loop = NIOLoopBound(loop, eventLoop: loop)
        admission = Admission(
            limits,
            origins: [Origin("https://shop.example")!],
            now: { SettableClock.start },
            clock: { loop.value.now },
            alarm: { time, ring in loop.value.scheduleTask(in: time, ring) }
        )
    }

    private func connection() throws -> Connection { try Connection(loop, Gatekeeper(admission: admission)) }

    private func load(_ kind: Admission.Kind = .views) -> [Int] {
        let (running, parked) = admission.gate(kind).load
        return [running, parked]
    }

    @Test func whatWaitsReachesTheRouterWhenAPlaceIsFree() throws {
        let (first, second) = (try connection(), try connection())
        try first.ask("/a")
        try second.ask("/b")
        #expect(try first.reached() == ["/a", "end"])
        #expect(try second.reached() == [])
        #expect(load() == [1, 1])
        try first.answer()
        #expect(try second.reached() == ["/b", "end"])
        #expect(second.completeReads.count > 0)
        try second.answer()
        #expect(load() == [0, 0])
    }

    @Test func whoWaitsTooLongIsToldWhenToComeAgain() throws {
        let (first, second) = (try connection(), try connection())
        try first.ask("/a")
        try second.ask("/v1/shared/x", headers: [.origin: "https://shop.example"])
        loop.advanceTime(by: .milliseconds(250))
        let (head, body) = try #require(try second.sent())
        #expect(head.status == .serviceUnavailable)
        #expect(["1", "2"].contains(head.headerFields[.retryAfter]))
        #expect(head.headerFields[.contentType] == "application/problem+json")
        #expect(head.headerFields[.contentLength] == String(body.utf8.count))
        #expect(head.headerFields[.accessControlAllowOrigin] == "https://shop.example")
        #expect(head.headerFields[.referrerPolicy] == "no-referrer")
        #expect(head.headerFields[.connection] == nil)
        #expect(body.contains(#""code":"unavailable""#) && body.contains(#""requestId":""#))
        #expect(try second.reached() == [])
        // The connection goes on.
        try first.answer()
        try second.ask("/c")
        #expect(try second.reached() == ["/c", "end"])
    }

    @Test func aRefusalHasTheShapeOfItsAddress() throws {
        let (first, glue, head) = (try connection(), try connection(), try connection())
        try first.ask("/a")
        try glue.ask("/glue/carts", headers: [.origin: "https://shop.example"])
        try head.ask("/s/x", method: .head)
        loop.advanceTime(by: .milliseconds(250))
        let refused = try #require(try glue.sent())
        #expect(refused.head.headerFields[.contentType] == "application/vnd.api+json")
        #expect(refused.body.hasPrefix(#"{"errors":[{"status":503"#))
        #expect(refused.head.headerFields[.retryAfter] != nil)
        #expect(refused.head.headerFields[.accessControlAllowOrigin] == nil)
        #expect(try #require(try head.sent()).body == "")
    }

    @Test func probesHavePlacesOfTheirOwn() throws {
        let (first, second) = (try connection(), try connection())
        try first.ask("/a")
        try second.ask("/health/live")
        #expect(try second.reached() == ["/health/live", "end"])
        try second.answer()
        #expect(load() == [1, 0])
    }

    @Test func whoTakesNoAnswerGetsNoPlace() throws {
        let stuck = try connection()
        stuck.channel.isWritable = false
        try stuck.ask("/a")
        #expect(try stuck.reached() == [])
        #expect(load() == [0, 0])
        stuck.channel.isWritable = true
        stuck.channel.pipeline.fireChannelWritabilityChanged()
        #expect(try stuck.reached() == ["/a", "end"])
        #expect(load() == [1, 0])
    }

    @Test func aStreamHoldsNoPlaceOnceItBegins() throws {
        let (first, second) = (try connection(), try connection())
        try first.ask("/v1/carts/c/events")
        try second.ask("/b")
        try first.begin([.contentType: EventText.mediaType])
        #expect(try second.reached() == ["/b", "end"])
        #expect(load() == [1, 0])
        try first.end()
        #expect(load() == [1, 0])
    }

    @Test func changesWaitForNoViewAndTheirBodyForNoPlace() throws {
        let (first, slow, third) = (try connection(), try connection(), try connection())
        try first.ask("/a")
        try slow.receive(.head(.ask("/v1/links", .post, [.contentLength: "4"])))
        try slow.receive(.body(ByteBuffer(string: "ab")))
        #expect(try slow.reached() == [])
        #expect(load(.changes) == [0, 0])
        try third.ask("/v1/links/1", method: .delete)
        #expect(try third.reached() == ["/v1/links/1", "end"])
        try third.answer()
        try slow.receive(.body(ByteBuffer(string: "cd")))
        try slow.receive(.end(nil))
        #expect(try slow.reached() == ["/v1/links", "ab", "cd", "end"])
        #expect(load(.changes) == [1, 0])
    }

    static let large: [HTTPFields] = [
        [.authorization: "Bearer x", .contentLength: "8193"], [.authorization: "Bearer x", .transferEncoding: "chunked"],
        [.authorization: "Bearer x", .contentLength: "many"],
    ]

    @Test(arguments: large)
    func whatStillSendsALongBodyKeepsNobodyElseWaiting(headers: HTTPFields) throws {
        let (slow, next, other) = (try connection(), try connection(), try connection())
        try slow.receive(.head(.ask("/v1/carts/c", .put, headers)))
        #expect(try slow.reached() == ["/v1/carts/c"])
        #expect(load(.uploads) == [1, 0])
        try other.ask("/v1/links", method: .post)
        #expect(try other.reached() == ["/v1/links", "end"])
        // The next upload is refused with the end of its connection: nobody wants the rest of its body.
        try next.receive(.head(.ask("/v1/carts/d", .put, headers)))
        loop.advanceTime(by: .milliseconds(250))
        let (head, _) = try #require(try next.sent())
        #expect(head.status == .serviceUnavailable && head.headerFields[.connection] == "close")
        try next.receive(.body(ByteBuffer(string: "x")))
        #expect(try next.reached() == [])
        // An answer before the body's end frees the place; the router reads the rest.
        try slow.answer()
        #expect(load(.uploads) == [0, 0])
        try slow.receive(.body(ByteBuffer(string: "x")))
        try slow.receive(.end(nil))
        #expect(try slow.reached() == ["x", "end"])
    }

    @Test func theNextRequestOfAConnectionWaitsForTheAnswerToTheFirst() throws {
        let only = try connection()
        try only.ask("/a")
        try only.ask("/b")
        #expect(try only.reached() == ["/a", "end"])
        try only.answer()
        #expect(try only.reached() == ["/b", "end"])
        try only.answer()
        #expect(load() == [0, 0])
    }

    @Test func whoPipelinesWithoutEndIsNotReadOn() throws {
        let only = try connection()
        for _ in 0..<4 { try only.ask("/a") }
        only.channel.read()
        #expect(only.reads.count == 0)
        for _ in 0..<3 { try only.answer() }
        #expect(only.reads.count == 1)
    }

    @Test func thatAPeerSaysNoMoreIsHeardBehindWhatItSaid() throws {
        let (slow, parked, idle, holder) = (try connection(), try connection(), try connection(), try connection())
        try holder.ask("/a")
        try parked.ask("/b")
        try slow.receive(.head(.ask("/v1/links", .post, [.contentLength: "2"])))
        for connection in [slow, parked, idle] {
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        #expect(idle.ends.count == 1)
        #expect(slow.ends.count == 0 && parked.ends.count == 0)
        try slow.receive(.body(ByteBuffer(string: "ab")))
        try slow.receive(.end(nil))
        #expect(try slow.reached() == ["/v1/links", "ab", "end"])
        try holder.answer()
        #expect(try parked.reached() == ["/b", "end"])
        #expect(slow.ends.count == 1 && parked.ends.count == 1)
    }

    @Test func aConnectionThatClosesFreesItsPlaceOrLeavesTheLine() throws {
        let (first, second, third) = (try connection(), try connection(), try connection())
        try first.ask("/a")
        try second.ask("/b")
        try third.ask("/c")
        try second.close()
        #expect(load() == [1, 1])
        try first.close()
        #expect(try third.reached() == ["/c", "end"])
        #expect(load() == [1, 0])
        // The place was given at the moment in which its taker left.
        let fourth = try connection()
        try fourth.ask("/d")
        try third.write(.end(nil))
        try fourth.close()
        loop.run()
        #expect(load() == [0, 0])
    }
}

extension HTTPRequest {
    fileprivate static func ask(_ path: String, _ method: Method = .get, _ headers: HTTPFields = [:]) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: "h", path: path, headerFields: headers)
    }
}

/// One connection whose other end and whose router are the test.
private struct Connection {
    let channel: EmbeddedChannel
    let reads = Count<OutboundReads>()
    let completeReads = Count<CompleteReads>()
    let ends = Count<ChannelEvent>()

    init(_ loop: EmbeddedEventLoop, _ keeper: Gatekeeper) throws {
        channel = EmbeddedChannel(loop: loop)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([OutboundReads(count: reads), keeper, CompleteReads(reads: completeReads, ends: ends)])
        try channel.connect(to: SocketAddress(ipAddress: "203.0.113.7", port: 1)).wait()
        reads.count = 0
    }

    func receive(_ part: HTTPRequestPart) throws {
        channel.pipeline.fireChannelRead(part)
        channel.embeddedEventLoop.run()
    }

    func ask(_ path: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:]) throws {
        try receive(.head(.ask(path, method, headers)))
        try receive(.end(nil))
    }

    /// What reached the router since the last call: paths, pieces of bodies, ends.
    func reached() throws -> [String] {
        var parts: [String] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            switch part {
            case .head(let head): parts.append(head.path ?? "")
            case .body(let bytes): parts.append(String(buffer: bytes))
            case .end: parts.append("end")
            }
        }
        return parts
    }

    /// Writes without letting the event loop run.
    func write(_ part: HTTPResponsePart) throws {
        channel.writeAndFlush(part, promise: nil)
    }

    func begin(_ headers: HTTPFields = [:]) throws {
        try write(.head(HTTPResponse(status: .ok, headerFields: headers)))
        channel.embeddedEventLoop.run()
    }

    func end() throws {
        try write(.end(nil))
        channel.embeddedEventLoop.run()
    }

    func answer() throws {
        try begin()
        try end()
    }

    /// What went to the client since the last call.
    func sent() throws -> (head: HTTPResponse, body: String)? {
        var head: HTTPResponse?
        var body = ""
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
            switch part {
            case .head(let sent): head = sent
            case .body(let bytes): body += String(buffer: bytes)
            case .end: break
            }
        }
        return head.map { ($0, body) }
    }

    func close() throws {
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
    }
}

private final class Count<Of> {
    var count = 0
}

private final class OutboundReads: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart
    private let count: Count<OutboundReads>

    init(count: Count<OutboundReads>) { self.count = count }

    func read(context: ChannelHandlerContext) {
        count.count += 1
        context.read()
    }
}

/// What the router is told beside requests.
private final class CompleteReads: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    private let reads: Count<CompleteReads>
    private let ends: Count<ChannelEvent>

    init(reads: Count<CompleteReads>, ends: Count<ChannelEvent>) {
        self.reads = reads
        self.ends = ends
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        reads.count += 1
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { ends.count += 1 }
        context.fireUserInboundEventTriggered(event)
    }
}
