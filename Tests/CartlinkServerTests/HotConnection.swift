// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import ShareLinks

@testable import CartlinkServer

/// A connection of the public listener on a channel without a network, on which one link is held.
///
/// Its peer takes what is sent as long as `peer` lets it. What the router would answer is written by hand.
struct HotConnection {
    let channel: EmbeddedChannel
    let peer: Peer
    let router: Router
    let path: String

    /// A link whose view and page are held, to be opened on connections.
    struct Held {
        let path: String
        let pagePath: String
        let door: FastDoor
        let changes: ChangeFeed

        init(check: (any RevisionCheck)? = nil, badTokensPerMinute: Int = 300) async throws {
            let shop = try await TestShop(badTokensPerMinute: badTokensPerMinute)
            try await shop.push()
            let token = try await shop.issue().token
            (path, pagePath) = ("/v1/shared/\(token)", "/s/\(token)")
            for path in [path, pagePath] { _ = try await shop.send(.get, path) }
            changes = shop.sharing.store.changes
            let clock = shop.clock
            door = FastDoor(
                keys: shop.sharing.keys,
                cache: shop.server.answers.cache,
                badTokens: shop.server.settings.badTokens,
                opens: OpenCounts(),
                loginCookie: nil,
                limits: ConnectionLimits(connections: 1),
                pages: shop.server.settings.pages,
                check: check,
                now: { clock.now }
            )
        }
    }

    init(_ held: Held) throws {
        self = try HotConnection.several(1, held)[0]
    }

    /// Connections of one event loop.
    static func several(_ count: Int, _ held: Held) throws -> [HotConnection] {
        let listener = CartlinkChannel(responder: { _, _, _ in }, limits: held.door.limits, door: held.door, admission: nil)
        let loop = EmbeddedEventLoop()
        return try (0..<count).map { _ in try HotConnection(held, of: listener, on: loop) }
    }

    private init(_ held: Held, of listener: CartlinkChannel, on loop: EmbeddedEventLoop) throws {
        path = held.path
        channel = EmbeddedChannel(loop: loop)
        (peer, router) = (Peer(), Router())
        try channel.pipeline.syncOperations.addHandler(peer)
        try listener.addHandlers(to: channel)
        try channel.pipeline.syncOperations.addHandler(router)
        try channel.connect(to: SocketAddress(ipAddress: "203.0.113.7", port: 1)).wait()
    }

    func get(_ path: String? = nil) -> String { "GET \(path ?? self.path) HTTP/1.1\r\nHost: a\r\n\r\n" }

    func receive(_ text: String) {
        arrive(text)
        channel.embeddedEventLoop.run()
    }

    /// The same in the middle of the loop's turn.
    func arrive(_ text: String) {
        _ = try? channel.writeInbound(ByteBuffer(string: text))
    }

    /// The check answers, and the loop hears of it.
    func end(_ check: HeldCheck, _ error: ShareError? = nil) {
        check.end(error)
        channel.embeddedEventLoop.run()
    }

    /// The answer of the router to a request that it got.
    func answer() throws {
        try channel.writeOutbound(HTTPResponsePart.head(.init(status: .ok, headerFields: [.contentLength: "0"])))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.run()
    }

    func pass(seconds: Int64) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }

    /// How many answers went out since the last call.
    func answers() throws -> Int {
        try sent().components(separatedBy: "HTTP/1.1 200 OK\r\n").count - 1
    }

    /// What went out since the last call.
    func sent() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    var isOpen: Bool { channel.isActive }

    /// Stands where the system would: what it doesn't take stays unsent, and it counts what it is asked to read.
    final class Peer: ChannelOutboundHandler {
        typealias OutboundIn = IOData

        var takes = true
        private(set) var reads = 0

        func flush(context: ChannelHandlerContext) {
            if takes { context.flush() }
        }

        func read(context: ChannelHandlerContext) {
            reads += 1
            context.read()
        }
    }

    /// Stands where the router would, and writes down what comes to it.
    final class Router: ChannelInboundHandler {
        typealias InboundIn = HTTPRequestPart

        private(set) var heard: [String] = []

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .head(let head) = unwrapInboundIn(data) { heard.append(head.path ?? "") }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event { heard.append("input closed") }
        }
    }

    /// The peer takes all that was sent to it.
    func takeAll() throws {
        peer.takes = true
        try channel.pipeline.syncOperations.context(handler: peer).flush()
        channel.embeddedEventLoop.run()
    }
}
