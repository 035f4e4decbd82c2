// SPDX-License-Identifier: Apache-2.0

import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An IP address that a name stands for.
struct HostAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 bytes or 16, in network order.
    let bytes: [UInt8]
    let description: String

    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(text)
    }

    init?(_ text: String) {
        let family = text.contains(":") ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        guard inet_pton(family, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
        description = text
    }

    /// Whether it can be reached from anywhere in the internet, by the registries of special addresses (IANA, RFC 6890).
    var isPublic: Bool {
        guard bytes.count == 16 else { return Self.isPublic(v4: bytes) }
        if let inner = innerV4 { return Self.isPublic(v4: inner) }
        // Global unicast is 2000::/3; the rest is loopback, link-local, unique local, multicast or nobody's.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        // 2001::/23 are protocols (Teredo among them) and 2001:db8::/32, 3fff::/20 documentation.
        let isProtocol = bytes.starts(with: [0x20, 0x01]) && bytes[2] < 0x02
        let isDocumentation = bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || (bytes.starts(with: [0x3F, 0xFF]) && bytes[2] < 0x10)
        return !isProtocol && !isDocumentation
    }

    /// The IPv4 address that a translated one leads to: mapped (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96), 6to4 (2002::/16).
    private var innerV4: [UInt8]? {
        let zeros = [UInt8](repeating: 0, count: 10)
        let isMapped = bytes.starts(with: zeros + [0xFF, 0xFF])
        let isCompatible = bytes.starts(with: zeros + [0, 0])
        let isTranslated = bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B] + zeros.prefix(8))
        if isMapped || isCompatible || isTranslated { return Array(bytes.suffix(4)) }
        return bytes.starts(with: [0x20, 0x02]) ? Array(bytes[2..<6]) : nil
    }

    private static func isPublic(v4 bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        // This network, private, loopback.
        case (0, _, _), (10, _, _), (127, _, _): false
        // Shared by carriers (RFC 6598); link-local, where clouds have their metadata; private.
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): false
        // Protocols, documentation, 6to4 relays, benchmarks.
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100), (203, 0, 113): false
        // Multicast, reserved, broadcast.
        case (224..., _, _): false
        case _: true
        }
    }
}
