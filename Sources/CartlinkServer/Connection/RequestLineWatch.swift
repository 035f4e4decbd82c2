// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Tells whether a request's first line has ended, so that an address that is too long isn't taken for a header that is.
final class RequestLineWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private(set) var isComplete = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isComplete { isComplete = unwrapInboundIn(data).readableBytesView.contains(0x0A) }
        context.fireChannelRead(data)
    }

    /// The next bytes start another request.
    func reset() {
        isComplete = false
    }
}
