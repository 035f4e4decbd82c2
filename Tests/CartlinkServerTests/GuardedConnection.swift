// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes

@testable import CartlinkServer

/// The guard in the pipeline that the listeners have, on a channel without a network.
///
/// What the router would answer is written by hand.
struct GuardedConnection {
    let channel = EmbeddedChannel()

    init() throws {
        let connection = CartlinkChannel(responder: { _, _, _ in }, limits: ConnectionLimits(connections: 1), door: nil, admission: nil)
        try connection.addHandlers(to: channel)
        try channel.connect(to: SocketAddress(ipAddress: "203.0.113.7", port: 1)).wait()
    }

    /// What comes from the client. A decoder's fault comes back here as an error too; the guard has seen it.
    func receive(_ text: String) {
        _ = try? channel.writeInbound(ByteBuffer(string: text))
        channel.embeddedEventLoop.run()
    }

    /// The heads of the requests that reached the router since the last call.
    func requests() throws -> [String] {
        var paths: [String] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            if case .head(let head) = part { paths.append(head.path ?? "") }
        }
        return paths
    }

    /// What the listener tells each of its connections when the server stops.
    func drain() {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        channel.embeddedEventLoop.run()
    }

    func pass(milliseconds: Int64) {
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(milliseconds))
    }

    func answer(_ status: HTTPResponse.Status = .ok) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: status, headerFields: [.contentLength: "0"])))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.run()
    }

    /// What went to the client since the last call.
    func sent() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }
}
