// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Marks requests behind which the connection can't go on, in front of the codec that forgets why.
///
/// HTTP/1.0 ends with the answer, and knows no chunks. Behind an upgrade or CONNECT the decoder reads nothing more, since other
/// bytes than HTTP could follow; Java's client and `curl --http2` offer an upgrade with ordinary requests.
final class LastRequestWatch: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let isOld = head.version != .http1_1
        let isLast = isOld || head.method == .CONNECT || head.headers.contains(name: "Upgrade") || !head.isKeepAlive
        guard isLast else { return context.fireChannelRead(data) }
        // Also where "close" stood in a list or in a second field.
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        // RFC 9110 section 10.1.1: HTTP/1.0 knows no invitation.
        if isOld { head.headers.remove(name: "Expect") }
        if isOld, head.headers.contains(name: "Transfer-Encoding") {
            // RFC 9112 section 6.1: such framing is faulty. The guard behind refuses every coding but chunked.
            head.headers.replaceOrAdd(name: "Transfer-Encoding", value: "not-in-http-1.0")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
