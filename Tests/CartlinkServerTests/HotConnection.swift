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
    let channel = EmbeddedChannel()
    let peer = Peer()
    let path: String

    /// A link that is held, to be opened on connections.
    struct Held {
        let path: String
        let door: FastDoor

        init() async throws {
            let shop = try await TestShop()
            try await shop.push()
            path = "/v1/shared/" + (try await shop.issue().token)
            _ = try await shop.send(.get, path)
            let clock = shop.clock
            door = FastDoor(
                keys: shop.sharing.keys,
                cache: shop.server.answers.cache,
                badTokens: shop.server.settings.badTokens,
                opens: OpenCounts(),
                loginCookie: nil,
                limits: ConnectionLimits(connections: 1),
                pages: shop.server.settings.pages,
                now: { clock.now }
            )
        }
    }

    init(_ held: Held) throws {
        path = held.path
        try channel.pipeline.syncOperations.addHandler(peer)
        let connection = CartlinkChannel(responder: { _, _, _ in }, limits: held.door.limits, door: held.door, admission: nil)
        try connection.addHandlers(to: channel)
        try channel.connect(to: SocketAddress(ipAddress: "203.0.113.7", port: 1)).wait()
    }

    func get(_ path: String? = nil) -> String { "GET \(path ?? self.path) HTTP/1.1\r\nHost: a\r\n\r\n" }

    func receive(_ text: String) {
        _ = try? channel.writeInbound(ByteBuffer(string: text))
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
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count - 1
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

    /// The peer takes all that was sent to it.
    func takeAll() throws {
        peer.takes = true
        try channel.pipeline.syncOperations.context(handler: peer).flush()
        channel.embeddedEventLoop.run()
    }
}
