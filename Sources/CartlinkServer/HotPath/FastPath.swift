// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import ShareLinks

/// Answers strangers who open a link straight from memory, between the request decoder and the response encoder; passes all else on.
///
/// It answers only while the router owes nothing on the connection, so answers keep the order of their requests.
final class FastPath: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// Nil on a listener that has no links.
    private let door: (FastDoor, LoopMemory)?
    private let connection: ConnectionGuard
    private let watch: ReadWatch
    /// What is left of a request that was answered at its head.
    private var skipsEnd = false
    /// Something went on to the router, which then wants to know when that was all for now.
    private var hasPassed = false
    private var tally = FastTally()
    /// Bytes that were written since it was last looked whether the peer takes them.
    private var unwatchedBytes = 0
    /// Flushes that the peer hasn't taken the whole of.
    private var unsentFlushes = 0 {
        // Of a connection that ends all is read and dropped: its peer may want to send to the end before it reads.
        didSet { watch.isReadWithheld = unsentFlushes > 0 && !connection.isEnding }
    }
    private var wantsRead = false

    private static let mostUnwatchedBytes = 16 * 1024

    init(door: (FastDoor, LoopMemory)?, connection: ConnectionGuard, watch: ReadWatch) {
        self.door = door
        self.connection = connection
        self.watch = watch
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connection.lookForUnsent = { [weak self] in self?.holdWhileUnsent(context: context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection.lookForUnsent = {}
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            watch.headArrived()
            // What a peer doesn't take must not pile up. What we haven't sent yet is no sign of that.
            if !context.channel.isWritable, !tally.isEmpty { context.flush() }
            let mayAnswer = connection.isAtRest && context.channel.isWritable
            guard mayAnswer, let bytes = answer(to: head, on: context.channel) else { return pass(data, context: context) }
            skipsEnd = true
            unwatchedBytes += bytes.readableBytes
            context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
        case .body:
            watch.bodyArrived()
            pass(data, context: context)
        case .end:
            watch.endArrived()
            guard skipsEnd else { return pass(data, context: context) }
            skipsEnd = false
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !tally.isEmpty {
            context.flush()
            door?.0.counts.add(tally)
            tally.reset()
            // To look costs more than to send a short answer, and who takes none of them is noticed soon enough.
            if unwatchedBytes >= Self.mostUnwatchedBytes { holdWhileUnsent(context: context) }
        }
        guard hasPassed else { return }
        hasPassed = false
        context.fireChannelReadComplete()
    }

    /// A peer that sends and doesn't read gets nothing more to answer.
    func read(context: ChannelHandlerContext) {
        if unsentFlushes > 0, !connection.isEnding { wantsRead = true } else { context.read() }
    }

    private func pass(_ data: NIOAny, context: ChannelHandlerContext) {
        hasPassed = true
        context.fireChannelRead(data)
    }

    private func answer(to head: HTTPRequestHead, on channel: any Channel) -> ByteBuffer? {
        guard let (door, memory) = door else { return nil }
        guard let request = FastRequest(head, loginCookie: door.loginCookie, limits: door.limits, memory: memory) else { return nil }
        let client = { door.badTokens.client(of: channel.remoteAddress, forwarded: head.headers["X-Forwarded-For"]) }
        guard let answer = door.answer(to: request, from: client, with: memory) else { return nil }
        tally.add(request, answer.status)
        return answer.bytes
    }

    /// While the peer hasn't taken what was sent, nothing more is read, and the connection isn't closed over it. The rest of what a peer
    /// sent before it ended its side is read all the same, so there may be several flushes to wait for.
    private func holdWhileUnsent(context: ChannelHandlerContext) {
        unwatchedBytes = 0
        guard context.channel.unsentBytes > 0 else { return }
        unsentFlushes += 1
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: sent)
        connection.hold(until: sent.futureResult)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            self.unsentFlushes -= 1
            guard self.unsentFlushes == 0, self.wantsRead else { return }
            self.wantsRead = false
            context.read()
        }
    }
}
