// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix

/// One connection of a listener: request decoder, fast path where the listener has one, response encoder, and behind them Hummingbird.
///
/// Hummingbird's own channel has no place in front of its handlers, and its idle watch would take a connection for idle that the
/// fast path keeps busy.
struct CartlinkChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let limits: ConnectionLimits
    /// Nil on the listener of administrators.
    let door: FastDoor?
    /// Nil on the listener of administrators, who always get in.
    let admission: Admission?

    /// Each thread gets only what it has put there itself.
    private nonisolated(unsafe) let memories = ThreadSpecificVariable<LoopMemory>()

    init(responder: @escaping HTTPChannelHandler.Responder, limits: ConnectionLimits, door: FastDoor?, admission: Admission?) {
        self.responder = responder
        self.limits = limits
        self.door = door
        self.admission = admission
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try addHandlers(to: channel)
            try channel.pipeline.syncOperations.addHandler(HTTPConnectionStateHandler(logger: logger))
            return try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    /// From the bytes to the router's parts.
    func addHandlers(to channel: any Channel) throws {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.allHeaders
        decoding.maxHeaderListSize = limits.allHeaders
        decoding.maxHeaderFieldCount = limits.headerCount
        let requestLine = RequestLine()
        let connection = ConnectionGuard(limits: limits, requestLine: requestLine)
        let watch = ReadWatch(limits: limits, requestLine: requestLine, connection: connection)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(watch)
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoding)))
        let door = door.map { ($0, memory(of: channel.eventLoop, for: $0)) }
        try pipeline.addHandler(FastPath(door: door, connection: connection, watch: watch))
        try pipeline.addHandlers([HTTPResponseEncoder(), LastRequestWatch(), HTTP1ToHTTPServerCodec(secure: false), connection])
        if let admission { try pipeline.addHandler(Gatekeeper(admission: admission)) }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    /// The event loop's own: each has a thread of its own.
    private func memory(of loop: any EventLoop, for door: FastDoor) -> LoopMemory {
        if let memory = memories.currentValue { return memory }
        let memory = LoopMemory(loop: loop, keys: door.keys, languages: door.pages.languages, check: door.check, now: door.now)
        memories.currentValue = memory
        return memory
    }
}
