// SPDX-License-Identifier: Apache-2.0

import NIOCore
package import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver on this machine that answers 204 to everything, and notes the requests' heads.
package struct Receiver: Sendable {
    private let notes: Notes
    private let channel: any Channel

    fileprivate final class Notes: Sendable {
        let heads = Mutex<[HTTPRequestHead]>([])
    }

    package init(host: String = "127.0.0.1", port: Int = 0) async throws {
        let notes = Notes()
        self.notes = notes
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Answering(notes))
                }
            }
            .bind(host: host, port: port).get()
    }

    package var port: Int { channel.localAddress?.port ?? 0 }
    package var requests: [HTTPRequestHead] { notes.heads.withLock { $0 } }

    package func close() async throws { try await channel.close() }
}

private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let notes: Receiver.Notes

    init(_ notes: Receiver.Notes) { self.notes = notes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): notes.heads.withLock { $0.append(head) }
        case .body: break
        case .end:
            context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .noContent))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
