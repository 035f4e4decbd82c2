// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import NIOHTTP1
import NIOPosix
import Synchronization

/// A host on this machine that answers each request as it is told to, and notes what came.
package struct ScriptedHost: Sendable {
    package enum Reply: Sendable {
        case answers(Int, headers: [(String, String)] = [], body: String = "")
        /// The head, and then a byte every so often for ever.
        case drips(every: TimeAmount)
        /// The head, and then so many bytes as fast as they are taken.
        case pours(bytes: Int, announces: Bool)
        case waits(TimeAmount)
        case isSilent
        case closes
    }

    package struct Request: Sendable {
        package let head: HTTPRequestHead
        package let body: String
    }

    private let notes: Notes
    private let channel: any Channel

    fileprivate final class Notes: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Atomic<Int>(0)
        let bytes = Atomic<Int>(0)
    }

    /// - Parameter reply: told of the request and of how many came before it.
    package init(host: String = "127.0.0.1", reply: @escaping @Sendable (Request, Int) -> Reply) async throws {
        let notes = Notes()
        self.notes = notes
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                notes.connections.wrappingAdd(1, ordering: .relaxed)
                return channel.pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false).flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Replying(notes, reply))
                }
            }
            .bind(host: host, port: 0).get()
    }

    /// Answers one after the other, the last one for ever.
    package init(host: String = "127.0.0.1", _ replies: Reply...) async throws {
        try await self.init(host: host) { _, count in replies[min(count, replies.count - 1)] }
    }

    package var port: Int { channel.localAddress?.port ?? 0 }
    package var requests: [Request] { notes.requests.withLock { $0 } }
    package var connections: Int { notes.connections.load(ordering: .relaxed) }
    /// Bytes of poured bodies that were taken.
    package var bytesTaken: Int { notes.bytes.load(ordering: .relaxed) }

    package func close() async throws { try await channel.close() }
}

private final class Replying: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let notes: ScriptedHost.Notes
    private let reply: @Sendable (ScriptedHost.Request, Int) -> ScriptedHost.Reply
    private var head: HTTPRequestHead?
    private var body = ""
    private static let portion = 64 << 10

    init(_ notes: ScriptedHost.Notes, _ reply: @escaping @Sendable (ScriptedHost.Request, Int) -> ScriptedHost.Reply) {
        self.notes = notes
        self.reply = reply
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let part): body += String(buffer: part)
        case .end:
            guard let head else { return }
            let request = ScriptedHost.Request(head: head, body: body)
            let count = notes.requests.withLock { requests in
                requests.append(request)
                return requests.count - 1
            }
            answer(reply(request, count), context)
        }
    }

    private func answer(_ reply: ScriptedHost.Reply, _ context: ChannelHandlerContext) {
        switch reply {
        case .answers(let status, let headers, let body):
            begin(status, [("content-length", "\(body.utf8.count)")] + headers, context)
            write(ByteBuffer(string: body), context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .drips(let pause):
            begin(200, [("content-type", "application/json")], context)
            drip(every: pause, NIOLoopBound((self, context), eventLoop: context.eventLoop))
        case .pours(let bytes, let announces):
            begin(200, announces ? [("content-length", "\(bytes)")] : [], context)
            context.flush()
            pour(bytes, NIOLoopBound((self, context), eventLoop: context.eventLoop))
        case .waits(let time):
            let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: time) { here.value.0.answer(.answers(200), here.value.1) }
        case .isSilent: break
        case .closes: context.close(promise: nil)
        }
    }

    private func begin(_ status: Int, _ headers: [(String, String)], _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: HTTPHeaders(headers))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func write(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }

    private func drip(every pause: TimeAmount, _ here: NIOLoopBound<(Replying, ChannelHandlerContext)>) {
        let (_, context) = here.value
        guard context.channel.isActive else { return }
        write(ByteBuffer(string: "["), context)
        context.flush()
        context.eventLoop.scheduleTask(in: pause) { here.value.0.drip(every: pause, here) }
    }

    private func pour(_ left: Int, _ here: NIOLoopBound<(Replying, ChannelHandlerContext)>) {
        let (_, context) = here.value
        guard left > 0 else { return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        let portion = min(left, Self.portion)
        write(ByteBuffer(repeating: 0x20, count: portion), context)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenSuccess {
            here.value.0.notes.bytes.wrappingAdd(portion, ordering: .relaxed)
            here.value.0.pour(left - portion, here)
        }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: written)
    }
}
