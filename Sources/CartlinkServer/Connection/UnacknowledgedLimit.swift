// SPDX-License-Identifier: Apache-2.0

import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Channel {
    /// Lets the system end the connection once the peer has acknowledged nothing of what was sent, or read nothing, for that long.
    ///
    /// A telephone that lost its network would else hold its place for a quarter of an hour (RFC 5482; Linux only).
    func endUnacknowledged(after time: TimeAmount) {
        #if os(Linux)
            guard let socket = self as? any SocketOptionProvider else { return }
            let milliseconds = CUnsignedInt(time.nanoseconds / 1_000_000)
            // Without it the connection ends later, which is no reason to end it now.
            _ = socket.unsafeSetSocketOption(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT), value: milliseconds)
        #endif
    }
}
