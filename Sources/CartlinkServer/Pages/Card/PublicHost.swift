// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Whether the internet can reach the host of an address, as far as the address itself tells.
enum PublicHost {
    static func isPrivate(in url: String) -> Bool {
        let authority = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        let host = authority.split(separator: ":").first.map { $0.lowercased() } ?? ""
        if ["localhost", "local", "internal", "test", "lan"].contains(where: { host == $0 || host.hasSuffix(".\($0)") }) { return true }
        guard case .v4? = try? SocketAddress(ipAddress: host, port: 0) else { return !host.contains(".") }
        let parts = host.split(separator: ".").compactMap { UInt8($0) }
        guard parts.count == 4 else { return true }
        switch (parts[0], parts[1]) {
        case (0, _), (10, _), (127, _), (169, 254), (192, 168), (172, 16...31), (100, 64...127), (224..., _): return true
        default: return false
        }
    }
}
