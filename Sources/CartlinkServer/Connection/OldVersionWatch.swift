// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Gives requests of HTTP/1.0 the meaning they have there: the connection ends with the answer, and chunks don't exist.
final class OldVersionWatch: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version != .http1_1 else { return context.fireChannelRead(data) }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        if head.headers.contains(name: "Transfer-Encoding") {
            // RFC 9112 section 6.1: such framing is faulty. The guard behind refuses every coding but chunked.
            head.headers.replaceOrAdd(name: "Transfer-Encoding", value: "not-in-http-1.0")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
