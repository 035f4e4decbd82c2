// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Stands first on a connection and sees its bytes: closes it when it is idle, when a request's head takes too long, or when the
/// peer takes nothing of what is sent.
///
/// The fast path tells what was read. Nothing here asks for the time: one timer counts quiet periods.
final class ReadWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limits: ConnectionLimits
    private let requestLine: RequestLine
    private let connection: ConnectionGuard
    private var timer: Scheduled<Void>?
    private var headTimer: Scheduled<Void>?
    private var quietPeriods = 0
    private var unsentBytes = 0
    /// Periods in which the peer took nothing of what it was sent, whatever it said.
    private var stuckPeriods = 0
    /// Nothing is read until the peer has taken what it was sent: what it sends meanwhile isn't late.
    var isReadWithheld = false
    /// Something that came waits in front of the router: its peer is neither idle nor late.
    var holdsRequests = false
    /// The last four bytes that came.
    private var tail: UInt32 = 0
    private var state = State.between

    private enum State: Equatable {
        case between, inHead
        case behindHead(hasBody: Bool)
    }

    /// The idle time is counted in so many periods.
    private static let periods = 5
    private static let blankLine: UInt32 = 0x0D0A_0D0A

    init(limits: ConnectionLimits, requestLine: RequestLine, connection: ConnectionGuard) {
        self.limits = limits
        self.requestLine = requestLine
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startTimer(context: context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        startTimer(context: context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The period that runs isn't a quiet one.
        quietPeriods = -1
        let bytes = unwrapInboundIn(data).readableBytesView
        requestLine.read(bytes)
        for byte in bytes.suffix(4) { tail = tail << 8 | UInt32(byte) }
        if state == .between { state = .inHead }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if state == .inHead, headTimer == nil { startHeadTimer(context: context) }
        context.fireChannelReadComplete()
    }

    func headArrived() {
        headTimer?.cancel()
        headTimer = nil
        state = .behindHead(hasBody: false)
    }

    func bodyArrived() {
        state = .behindHead(hasBody: true)
    }

    /// What follows the end is the next request's. Behind a body nobody knows here whether anything does.
    func endArrived() {
        requestLine.reset()
        state = state == .behindHead(hasBody: true) || tail == Self.blankLine ? .between : .inHead
    }

    private func startHeadTimer(context: ChannelHandlerContext) {
        headTimer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.head) { [self] in
            headTimer = nil
            // An answer that is still due comes first; it has a deadline of its own.
            let mustWait = !connection.isAtRest || isReadWithheld || holdsRequests
            if mustWait { startHeadTimer(context: context) } else { context.close(promise: nil) }
        }
    }

    private func startTimer(context: ChannelHandlerContext) {
        guard timer == nil else { return }
        let period = TimeAmount.nanoseconds(limits.idle.nanoseconds / Int64(Self.periods))
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: period) { [self] in
            timer = nil
            let unsentBefore = unsentBytes
            unsentBytes = context.channel.unsentBytes
            // To a stream more is added all the time; the system sees whether its peer takes it (`endUnacknowledged`).
            let isStuck = unsentBefore > 0 && unsentBytes >= unsentBefore && !connection.isStreaming
            stuckPeriods = isStuck ? stuckPeriods + 1 : 0
            quietPeriods = connection.isAtRest && !holdsRequests && unsentBytes >= unsentBefore ? quietPeriods + 1 : 0
            // The period in which it began to be stuck counts, too.
            if max(quietPeriods, stuckPeriods + 1) >= Self.periods { return context.close(promise: nil) }
            startTimer(context: context)
        }
    }

    private func stop() {
        timer?.cancel()
        headTimer?.cancel()
        (timer, headTimer) = (nil, nil)
    }
}

extension Channel {
    /// Bytes that were written and that the system hasn't taken yet.
    var unsentBytes: Int { (try? syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0 }
}
