// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import ShareLinks

/// Answers strangers who open a link straight from memory, between the request decoder and the response encoder; passes all else on.
///
/// It answers only while the router owes nothing on the connection, so answers keep the order of their requests. Where other processes
/// change the store, a request for something held waits for a check of the revisions that began after it came, and all that comes behind
/// it waits in the same line.
final class FastPath: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// Nil on a listener that has no links.
    private let door: (FastDoor, LoopMemory)?
    private let connection: ConnectionGuard
    private let watch: ReadWatch
    private var line = WaitingLine()
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
    /// Parts that may wait before nothing more is read: one request's. To stop reading for each request, and to begin again, would cost
    /// two calls of the system.
    private static let mostWaiting = 2

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
        line.removeAll()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head(let head):
            watch.headArrived()
            if line.isEmpty { take(head, context: context) } else { lineUp(head, context: context) }
        case .body:
            watch.bodyArrived()
            if line.isEmpty { pass(part, context: context) } else { line.append(.part(part)) }
        case .end:
            watch.endArrived()
            if line.isEmpty { end(part, context: context) } else { line.append(.part(part)) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        completeRead(context: context)
    }

    /// The guard of a server that stops would close the connection over a request that it hasn't seen, and the router reads nothing behind
    /// an end of the input.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let endsInput = if case ChannelEvent.inputClosed = event { true } else { false }
        if !line.isEmpty, endsInput || event is ChannelShouldQuiesceEvent { return line.append(.event(event)) }
        context.fireUserInboundEventTriggered(event)
    }

    /// What is no request is refused in its turn.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !line.isEmpty, error is HTTPParserError { return line.append(.fault(error)) }
        context.fireErrorCaught(error)
    }

    /// A peer that sends and doesn't read gets nothing more to answer, and no more requests wait than came at once.
    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { wantsRead = true }
    }

    private var mayRead: Bool { connection.isEnding || (unsentFlushes == 0 && line.count <= Self.mostWaiting) }

    /// Answers a request that nothing waits in front of, passes it on, or makes it the first of the line.
    private func take(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard mayAnswer(context: context), let (request, opening) = open(head, on: context.channel) else {
            return pass(.head(head), context: context)
        }
        switch opening {
        case .answer(let answer): send(answer, to: request, context: context)
        case .afterCheck: awaitCheck(request, head, context: context)
        case .router: pass(.head(head), context: context)
        }
    }

    /// Puts a request behind what waits already.
    private func lineUp(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard let (request, opening) = open(head, on: context.channel) else { return line.append(.part(.head(head))) }
        switch opening {
        case .answer(let answer): line.append(.answered(request, head, answer))
        case .afterCheck: awaitCheck(request, head, context: context)
        case .router: line.append(.part(.head(head)))
        }
    }

    private func open(_ head: HTTPRequestHead, on channel: any Channel) -> (FastRequest, FastDoor.Opening)? {
        guard let (door, memory) = door else { return nil }
        guard let request = FastRequest(head, loginCookie: door.loginCookie, limits: door.limits, memory: memory) else { return nil }
        let client = { door.badTokens.client(of: channel.remoteAddress, forwarded: head.headers["X-Forwarded-For"]) }
        return (request, door.open(request, from: client, with: memory))
    }

    private func awaitCheck(_ request: FastRequest, _ head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard let check = door?.1.check else { return pass(.head(head), context: context) }
        if line.lastRound != check.next {
            check.join { round, isFresh in self.serve(upTo: round, isFresh: isFresh, context: context) }
        }
        line.append(.held(request, head, round: check.next))
        watch.holdsRequests = true
    }

    /// Answers and passes on what waited no longer than for this round.
    private func serve(upTo round: LoopCheck.Round, isFresh: Bool, context: ChannelHandlerContext) {
        guard !line.isEmpty else { return }
        while let entry = line.next(upTo: round) {
            switch entry {
            case .held(let request, let head, _):
                // What can't be shown goes to the router, which asks the store, or says why it can't.
                let mayShow = isFresh && mayAnswer(context: context)
                let answer = mayShow ? door.flatMap { door, memory in door.held(for: request, with: memory) } : nil
                if let answer { send(answer, to: request, context: context) } else { pass(.head(head), context: context) }
            case .answered(let request, let head, let answer):
                if mayAnswer(context: context) { send(answer, to: request, context: context) } else { pass(.head(head), context: context) }
            case .part(let part):
                if case .end = part { end(part, context: context) } else { pass(part, context: context) }
            case .event(let event):
                completeRead(context: context)
                context.fireUserInboundEventTriggered(event)
            case .fault(let error):
                context.fireErrorCaught(error)
            }
        }
        watch.holdsRequests = !line.isEmpty
        completeRead(context: context)
        readOn(context: context)
    }

    private func mayAnswer(context: ChannelHandlerContext) -> Bool {
        // What a peer doesn't take must not pile up. What we haven't sent yet is no sign of that.
        if !context.channel.isWritable, !tally.isEmpty { context.flush() }
        return connection.isAtRest && context.channel.isWritable
    }

    private func send(_ answer: FastDoor.Answer, to request: FastRequest, context: ChannelHandlerContext) {
        tally.add(request, answer.status)
        skipsEnd = true
        unwatchedBytes += answer.bytes.readableBytes
        context.write(wrapOutboundOut(.byteBuffer(answer.bytes)), promise: nil)
    }

    private func end(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        guard skipsEnd else { return pass(part, context: context) }
        skipsEnd = false
    }

    private func pass(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        hasPassed = true
        context.fireChannelRead(wrapInboundOut(part))
    }

    private func completeRead(context: ChannelHandlerContext) {
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

    private func readOn(context: ChannelHandlerContext) {
        guard wantsRead, mayRead else { return }
        wantsRead = false
        context.read()
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
            guard self.unsentFlushes == 0 else { return }
            self.readOn(context: context)
        }
    }
}
