// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

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
    private let requestLine = RequestLineWatch()
    private var state = ExchangeState()
    private var refusal: Problem?
    private var deadline: Scheduled<Void>?

    init(limits: ConnectionLimits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        // In front of the decoder, to know whether a line that was too long was the first one.
        try? pipeline.addHandler(requestLine, position: .first)
        // In front of the codec, which forgets the version.
        if let codec = try? pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self) {
            try? pipeline.addHandler(LastRequestWatch(), position: .before(codec.handler))
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil, !state.isEnding else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let problem = limits.refusal(of: head) { return refuse(problem, context: context) }
            state.requestBegan(closes: head.headerFields[.connection]?.lowercased() == "close")
            startDeadline(context: context)
            inviteBody(of: head, context: context)
        case .body: break
        case .end:
            state.requestEnded()
            requestLine.reset()
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
            state.answerBegan(closes: head.headerFields[.connection]?.lowercased() == "close")
            if state.isLastAnswer { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            state.answerEnded()
            if state.owesNothing { stopDeadline() }
            if state.isLastAnswer { end(context: context) } else { answerRefusal(context: context) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopDeadline()
        context.fireChannelInactive()
    }

    /// Answers `Expect: 100-continue` (RFC 9110 section 10.1.1): else clients wait a second before they send a cart.
    private func inviteBody(of head: HTTPRequest, context: ChannelHandlerContext) {
        guard head.headerFields[.expect]?.lowercased() == "100-continue", state.mayInvite else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    private func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        guard refusal == nil, !state.isEnding else { return }
        refusal = problem
        answerRefusal(context: context)
    }

    private func answerRefusal(context: ChannelHandlerContext) {
        guard let refusal else { return }
        switch state.turnOfRefusal {
        case .later: return
        case .never: break
        case .now:
            let body = refusal.body(requestID: RequestName.fresh())
            var fields = HTTPFields()
            fields[.contentType] = "application/problem+json"
            fields[.cacheControl] = "no-store"
            fields[.contentLength] = String(body.count)
            fields[.connection] = "close"
            for (name, value) in SecurityHeaders.always { fields[name] = value }
            context.write(wrapOutboundOut(.head(HTTPResponse(status: refusal.code.status, headerFields: fields))), promise: nil)
            context.write(wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: body))), promise: nil)
            context.write(wrapOutboundOut(.end(nil)), promise: nil)
        }
        end(context: context)
    }

    /// Ends our side first: closing at once, with the peer's bytes unread, would throw the answer away.
    private func end(context: ChannelHandlerContext) {
        state.isEnding = true
        context.flush()
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        deadline?.cancel()
        deadline = context.eventLoop.scheduleTask(in: limits.lingering) { channel.close(promise: nil) }
    }

    /// One deadline for the whole of a request and its answer, however its bytes drip.
    private func startDeadline(context: ChannelHandlerContext) {
        stopDeadline()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limits.wholeRequest) { channel.close(promise: nil) }
    }

    private func stopDeadline() {
        deadline?.cancel()
        deadline = nil
    }
}
