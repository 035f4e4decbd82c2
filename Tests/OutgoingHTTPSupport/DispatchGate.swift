// SPDX-License-Identifier: Apache-2.0

import Dispatch
package import NIOCore

/// A name server that hangs until the test lets it go.
package final class DispatchGate: Sendable {
    private let isBlocked: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation
    private let latch = DispatchSemaphore(value: 0)

    package init() { (isBlocked, tell) = AsyncStream.makeStream() }

    package func block() -> [SocketAddress] {
        tell.yield()
        latch.wait()
        return []
    }

    package func blocked() async {
        for await _ in isBlocked { return }
    }

    package func open() { latch.signal() }
}
