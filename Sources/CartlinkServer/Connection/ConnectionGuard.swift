// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
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
    private let requestLine = RequestLineWatch()
    private var answersOwed = 0
    private var refusal: Problem?
    private var isClosing = false
    private var deadline: Scheduled<Void>?

    init(limits: ConnectionLimits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // In front of the decoder, to know whether a line that was too long was the first one.
        try? context.pipeline.syncOperations.addHandler(requestLine, position: .first)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let problem = limits.refusal(of: head) { return refuse(problem, context: context) }
            answersOwed += 1
            startDeadline(context: context)
        case .body: break
        case .end: requestLine.reset()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        let isTooLong = error == .headerOverflow
        let problem =
            isTooLong
            ? Problem(code: requestLine.length > limits.longestLine ? .uriTooLong : .headersTooLarge)
            : Problem(code: .malformedRequest, detail: "This is not an HTTP/1.1 request.")
        refuse(problem, context: context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        context.write(data, promise: promise)
        guard isEnd else { return }
        answersOwed -= 1
        if answersOwed <= 0 { stopDeadline() }
        answerRefusal(context: context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopDeadline()
        context.fireChannelInactive()
    }

    private func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        guard refusal == nil else { return }
        refusal = problem
        answerRefusal(context: context)
    }

    private func answerRefusal(context: ChannelHandlerContext) {
        guard let refusal, answersOwed <= 0, !isClosing else { return }
        isClosing = true
        let body = refusal.body(requestID: RequestName.fresh())
        var fields = HTTPFields()
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        fields[.contentLength] = String(body.count)
        fields[.connection] = "close"
        for (name, value) in SecurityHeaders.always { fields[name] = value }
        context.write(wrapOutboundOut(.head(HTTPResponse(status: refusal.code.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
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
