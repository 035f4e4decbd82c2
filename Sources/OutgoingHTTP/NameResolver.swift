// SPDX-License-Identifier: Apache-2.0

package import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds all addresses of a name, in the order in which they should be tried; none where the name isn't known. It blocks its thread.
package typealias NameResolver = @Sendable (_ name: String, _ port: Int) -> [SocketAddress]

/// The system's resolver.
@Sendable package func systemResolver(_ name: String, _ port: Int) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = numericCast(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(name, String(port), &hints, &first) == 0, let first else { return [] }
    defer { freeaddrinfo(first) }
    var found: [SocketAddress] = []
    for entry in sequence(first: first, next: { $0.pointee.ai_next }) {
        guard let bytes = UnsafeRawPointer(entry.pointee.ai_addr) else { continue }
        switch entry.pointee.ai_family {
        case AF_INET: found.append(SocketAddress(bytes.loadUnaligned(as: sockaddr_in.self)))
        case AF_INET6: found.append(SocketAddress(bytes.loadUnaligned(as: sockaddr_in6.self)))
        default: continue
        }
    }
    return found
}
