// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Stands in front of the router on each public connection and lets a request on when it has a place.
///
/// Here a request that waits is a few parts in an array, and a refusal some bytes: neither costs a task. A place is held until the answer
/// is written, or the connection is gone; by an event stream until it begins.
final class Gatekeeper: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let admission: Admission
    private var passage = Passage.none
    /// What came and may not go on yet.
    private var held = CircularBuffer<HTTPRequestPart>()
    /// The request that was let on or refused has more to come.
    private var isReadingRequest = false
    private var wasAnswered = true
    private var withheldRead = false
    /// The request whose turn it is hasn't come wholly, and is short.
    private var awaitsBody = false
    /// What the router may only hear behind the requests that came before: that the peer says no more.
    private var heldEvents: [Any] = []

    /// Parts that may be held before nothing more is read, unless a small body is awaited: a part of a body may have 64 KiB.
    private static let mostHeld = 2

    /// How far the request has got whose turn it is on this connection.
    private enum Passage {
        case none
        case parked(Admission.Kind, ticket: Int, HTTPRequest)
        /// On its way; without a gate where it holds no place.
        case running(AdmissionGate?)
        case refused
        /// The connection is closed. A gate that was to give a place at that moment gets it back.
        case gone(AdmissionGate?)
    }

    init(admission: Admission) {
        self.admission = admission
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if held.isEmpty, isReadingRequest, case .running = passage {
            readOn(part)
            return context.fireChannelRead(data)
        }
        held.append(part)
        proceed(context: context)
    }

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { withheldRead = true }
    }

    /// A request whose turn it is may wait for the rest of its body.
    private var mayRead: Bool {
        awaitsBody && !held.contains(where: \.isEnd) || held.count <= Self.mostHeld
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            // A stream may last for hours and does next to nothing.
            if head.headerFields[.contentType] == EventText.mediaType { leave(for: .running(nil)) }
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            answerEnded(context: context)
        }
    }

    /// The router reads nothing that comes behind an end.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let endsInput = if case ChannelEvent.inputClosed = event { true } else { false }
        if !held.isEmpty, endsInput { return heldEvents.append(event) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        context.fireChannelWritabilityChanged()
        if context.channel.isWritable, !held.isEmpty { resume(context: context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
    }

    /// Lets on what may go on, and reads more where there is room for it.
    private func proceed(context: ChannelHandlerContext) {
        letOn(context: context)
        guard withheldRead, mayRead else { return }
        withheldRead = false
        context.read()
    }

    private func letOn(context: ChannelHandlerContext) {
        while let part = held.first {
            switch passage {
            case .none:
                guard case .head(let head) = part else { return drop() }
                // A peer that takes none of its answers would keep the place of one that can't be written.
                guard context.channel.isWritable else { return }
                guard begin(head, context: context) else { return }
            case .parked: return
            case .gone: return drop()
            case .running:
                guard isReadingRequest else { return }
                held.removeFirst()
                readOn(part)
                context.fireChannelRead(wrapInboundOut(part))
            case .refused:
                held.removeFirst()
                readOn(part)
            }
        }
        let events = heldEvents
        heldEvents = []
        for event in events { context.fireUserInboundEventTriggered(event) }
    }

    /// Whether there is something to do with the request at once.
    private func begin(_ head: HTTPRequest, context: ChannelHandlerContext) -> Bool {
        let kind = admission.kind(of: head)
        // A small body is awaited here, where it takes nobody's place.
        awaitsBody = kind.awaitsBody && !held.contains(where: \.isEnd)
        if awaitsBody { return false }
        let gate = admission.gate(kind)
        switch gate.enter({ turn(context: context) }) {
        case .admitted:
            run(gate)
            return true
        case .parked(let ticket):
            passage = .parked(kind, ticket: ticket, head)
            return false
        }
    }

    private func run(_ gate: AdmissionGate?) {
        passage = .running(gate)
        isReadingRequest = true
        wasAnswered = false
    }

    /// What the gate calls when the turn of this connection's request has come.
    private func turn(context: ChannelHandlerContext) -> AdmissionGate.Turn {
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        return { refusal in
            loop.execute {
                let (keeper, context) = here.value
                keeper.hasTurn(refusal, context: context)
            }
        }
    }

    private func hasTurn(_ refusal: AdmissionRefusal?, context: ChannelHandlerContext) {
        if case .gone(let gate) = passage, refusal == nil { gate?.leave() }
        guard case .parked(let kind, _, let head) = passage else { return }
        if let refusal {
            refuse(head, refusal, at: kind, context: context)
        } else {
            run(admission.gate(kind))
        }
        resume(context: context)
    }

    /// Lets on what waited. The router takes nothing before it is told that a read is complete.
    private func resume(context: ChannelHandlerContext) {
        proceed(context: context)
        context.fireChannelReadComplete()
    }

    private func refuse(_ head: HTTPRequest, _ refusal: AdmissionRefusal, at kind: Admission.Kind, context: ChannelHandlerContext) {
        let answer = admission.answer(to: head, refused: refusal, at: kind)
        var response = answer.head
        // The rest of a body that nobody wants could come for long.
        if !held.contains(where: \.isEnd) { response.headerFields[.connection] = "close" }
        passage = .refused
        isReadingRequest = true
        wasAnswered = true
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .head { context.write(wrapOutboundOut(.body(answer.body)), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func readOn(_ part: HTTPRequestPart) {
        guard part.isEnd else { return }
        isReadingRequest = false
        if wasAnswered { leave(for: .none) }
    }

    private func answerEnded(context: ChannelHandlerContext) {
        wasAnswered = true
        // The router reads the rest of a body that it has no use for, and needs no place for that.
        leave(for: isReadingRequest ? .running(nil) : .none)
        guard !held.isEmpty else { return }
        context.eventLoop.assumeIsolated().execute { self.resume(context: context) }
    }

    private func leave(for next: Passage) {
        let gate: AdmissionGate? = if case .running(let gate) = passage { gate } else { nil }
        if case .gone = passage { return }
        passage = next
        gate?.leave()
    }

    private func stop() {
        if case .parked(let kind, let ticket, _) = passage {
            let gate = admission.gate(kind)
            passage = .gone(gate.giveUp(ticket) ? nil : gate)
        } else {
            leave(for: .gone(nil))
        }
        drop()
    }

    private func drop() {
        held.removeAll()
        heldEvents.removeAll()
    }
}

extension HTTPRequestPart {
    fileprivate var isEnd: Bool {
        if case .end = self { true } else { false }
    }
}
