// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// An address in one form, however it was written: 128 bits, with IPv4 mapped into IPv6 (RFC 4291 section 2.5.5.2).
package struct IPAddress: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// Who can't be told apart: a peer without an address, and whoever came after a table was full.
    static let unknown = IPAddress(high: 0, low: 0)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package init(_ peer: SocketAddress?) {
        // The system's layout (RFC 3493 section 3.3): IPv4 behind family and port, IPv6 behind a flow label, too.
        switch peer {
        case .v4(let peer):
            let bits = withUnsafeBytes(of: peer.address) { $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self) }
            self.init(high: 0, low: Self.mapped | UInt64(UInt32(bigEndian: bits)))
        case .v6(let peer):
            self = withUnsafeBytes(of: peer.address) { bytes in
                IPAddress(
                    high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
                )
            }
        case .unixDomainSocket, nil: self = .unknown
        }
    }

    /// Reads an address as proxies write it: bare, or with a port, brackets or a zone. Nil for anything else.
    init?(_ text: some StringProtocol) {
        // An IPv6 address with brackets, zone and port is shorter than this.
        guard text.utf8.count <= 64 else { return nil }
        var bare = text.drop { $0 == " " || $0 == "\t" }
        if bare.first == "[" {
            guard let end = bare.firstIndex(of: "]") else { return nil }
            bare = bare[bare.index(after: bare.startIndex)..<end]
        } else if let colon = bare.firstIndex(of: ":"), colon == bare.lastIndex(of: ":") {
            bare = bare[..<colon]
        }
        let address = bare.prefix { $0 != "%" && $0 != " " && $0 != "\t" }
        guard let parsed = try? SocketAddress(ipAddress: String(address), port: 0) else { return nil }
        self.init(parsed)
    }

    /// What counts as one client: of IPv6 whole networks of 64 bits, since one host may use any address of its own.
    var counted: IPAddress {
        isIPv4 ? self : IPAddress(high: high, low: 0)
    }

    private static let mapped: UInt64 = 0xFFFF_0000_0000
    private var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        guard self != .unknown else { return "unknown" }
        let bytes = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { ByteBuffer(bytes: isIPv4 ? $0[12...] : $0[...]) }
        return (try? SocketAddress(packedIPAddress: bytes, port: 0))?.ipAddress ?? "unknown"
    }
}
