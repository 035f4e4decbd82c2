// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Stands between the HTTP decoder and the router: refuses what is no request, too large or too slow.
///
/// The decoder's errors would else get an empty 400. A refusal waits until earlier answers are written, then the connection ends,
/// because what follows on it can't be trusted.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private let requestLine: RequestLine
    private var state = ExchangeState()
    private var refusal: Problem?
    private var deadline: Scheduled<Void>?
    /// A peer waits to be told that it may send its body.
    private var owesInvitation = false
    /// What is to be done when the last answer is out.
    private var whenSent: (() -> Void)?
    /// Has the fast path tell, by ``hold(until:)``, of what it has written and isn't out.
    var lookForUnsent: () -> Void = {}

    init(limits: ConnectionLimits, requestLine: RequestLine) {
        self.limits = limits
        self.requestLine = requestLine
    }

    /// Nothing is being read, answered or refused: the next request may be answered in front of the router, which doesn't know of a last one.
    var isAtRest: Bool {
        state.owesNothing && refusal == nil && !state.isEnding && !state.ignoresRest && !state.isStreaming && !state.isDraining
    }

    var isStreaming: Bool { state.isStreaming }
    var isEnding: Bool { state.isEnding }

    /// Keeps the connection from being closed over an answer that was given in front of the guard.
    func hold(until sent: EventLoopFuture<Void>) {
        state.unsentAnswers += 1
        sent.assumeIsolated().whenComplete { _ in
            self.state.unsentAnswers -= 1
            guard self.state.unsentAnswers == 0, let whenSent = self.whenSent else { return }
            self.whenSent = nil
            whenSent()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil, !state.isEnding, !state.ignoresRest else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard !state.isStreaming else { return context.close(promise: nil) }
            if let problem = limits.refusal(of: head) { return refuse(problem, context: context) }
            state.requestBegan(closes: head.headerFields[.connection]?.lowercased() == "close")
            startDeadline(context: context)
            owesInvitation = head.headerFields[.expect]?.lowercased() == "100-continue"
            inviteBody(context: context)
        case .body: owesInvitation = false
        case .end:
            owesInvitation = false
            state.requestEnded()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard error == .headerOverflow else {
            return refuse(Problem(code: .malformedRequest, detail: "This is not an HTTP/1.1 request."), context: context)
        }
        refuse(Problem(code: requestLine.length > limits.longestLine ? .uriTooLong : .headersTooLarge), context: context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !state.isEnding else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            state.answerBegan(
                closes: head.headerFields[.connection]?.lowercased() == "close",
                streams: head.headerFields[.contentType] == EventText.mediaType
            )
            if state.isLastAnswer { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
            if state.isStreaming { streamBegan(context: context) }
        case .body: context.write(data, promise: promise)
        case .end:
            let sent = promise ?? context.eventLoop.makePromise()
            hold(until: sent.futureResult)
            context.write(data, promise: sent)
            state.answerEnded()
            if state.owesNothing { stopDeadline() }
            if state.isLastAnswer { return end(context: context) }
            if state.isDraining { drainWhenAtRest(context: context) }
            answerRefusal(context: context)
            inviteBody(context: context)
        }
    }

    /// Lets answers that are still being sent go out before the connection ends, whoever asks for its end.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode != .input, !state.isEnding, state.unsentAnswers == 0 { lookForUnsent() }
        guard mode != .input, state.isEnding || state.unsentAnswers > 0 else { return context.close(mode: mode, promise: promise) }
        if !state.isEnding { end(context: context) }
        context.channel.closeFuture.cascade(to: promise)
    }

    /// Who watches a stream has nothing more to say, but stays: an end of his bytes is his leaving.
    ///
    /// That the server stops is not passed on: behind the guard a connection at rest would be closed over a request that is on its way.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            state.isDraining = true
            return drainWhenAtRest(context: context)
        }
        if case ChannelEvent.inputClosed = event {
            state.peerIsDone = true
            if state.isStreaming { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopDeadline()
        context.fireChannelInactive()
    }

    /// Answers `Expect: 100-continue` (RFC 9110 section 10.1.1): else clients wait a second before they send a cart.
    private func inviteBody(context: ChannelHandlerContext) {
        guard owesInvitation, state.mayInvite else { return }
        owesInvitation = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    /// A stream has no deadline; it ends with its peer.
    private func streamBegan(context: ChannelHandlerContext) {
        stopDeadline()
        guard !state.peerIsDone else { return context.close(promise: nil) }
        context.channel.endUnacknowledged(after: limits.unacknowledged)
    }

    private func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        guard refusal == nil, !state.isEnding, !state.ignoresRest else { return }
        refusal = problem
        answerRefusal(context: context)
    }

    private func answerRefusal(context: ChannelHandlerContext) {
        guard let refusal else { return }
        switch state.turnOfRefusal {
        case .later: return
        case .never: break
        case .now:
            let rendered = refusal.rendered(requestID: RequestName.fresh())
            var response = rendered.response
            response.headers[.connection] = "close"
            SecurityHeaders.complete(&response.headers)
            context.write(wrapOutboundOut(.head(response.head)), promise: nil)
            context.write(wrapOutboundOut(.body(rendered.body ?? ByteBuffer())), promise: nil)
            let sent = context.eventLoop.makePromise(of: Void.self)
            hold(until: sent.futureResult)
            context.write(wrapOutboundOut(.end(nil)), promise: sent)
        }
        end(context: context)
    }

    /// Ends our side first: closing at once, with the peer's bytes unread or ours unsent, would throw the answer away.
    private func end(context: ChannelHandlerContext) {
        state.isEnding = true
        startDeadline(context: context)
        context.flush()
        lookForUnsent()
        // The channel ends at once when both sides have ended, whatever is still to be sent.
        guard !state.peerIsDone || state.unsentAnswers == 0 else { return whenSent = { context.close(promise: nil) } }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in self.close(in: self.limits.lingering, context: context) }
        context.close(mode: .output, promise: sent)
    }

    /// One deadline for the whole of a request and its answer, however its bytes drip.
    private func startDeadline(context: ChannelHandlerContext) {
        close(in: limits.wholeRequest, context: context)
    }

    private func drainWhenAtRest(context: ChannelHandlerContext) {
        guard state.owesNothing, !state.isEnding, context.channel.isActive else { return }
        stopDeadline()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limits.draining) {
            self.close(context: context, mode: .all, promise: nil)
        }
    }

    /// Closes the connection then, past our own care for what is being sent.
    private func close(in time: TimeAmount, context: ChannelHandlerContext) {
        stopDeadline()
        guard context.channel.isActive else { return }
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }

    private func stopDeadline() {
        deadline?.cancel()
        deadline = nil
    }
}
