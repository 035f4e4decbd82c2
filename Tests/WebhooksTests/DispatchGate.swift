// SPDX-License-Identifier: Apache-2.0

import Dispatch
import NIOCore

/// A name server that hangs until the test lets it go.
final class DispatchGate: Sendable {
    private let isBlocked: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation
    private let latch = DispatchSemaphore(value: 0)

    init() { (isBlocked, tell) = AsyncStream.makeStream() }

    func block() -> [SocketAddress] {
        tell.yield()
        latch.wait()
        return []
    }

    func blocked() async {
        for await _ in isBlocked { return }
    }

    func open() { latch.signal() }
}
