// SPDX-License-Identifier: Apache-2.0

/// Decides which URLs in a cart may be shown: `https` to a host of the shop, and nothing in them that could carry a secret.
struct LinkFilter {
    private let hosts: Set<[UInt8]>

    init(hosts: Set<String>) {
        self.hosts = Set(hosts.map { Array($0.lowercased().utf8) })
    }

    /// True for `https://host/path` with a known host, the default port, and no user info, query or fragment.
    func allows(_ url: [UInt8]) -> Bool {
        let scheme = Array("https://".utf8)
        guard url.starts(with: scheme) else { return false }
        let rest = url.dropFirst(scheme.count)
        // What RFC 3986 §2 does not allow in a URL, browsers repair in surprising ways: a backslash becomes a slash.
        guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.refused.contains($0) }) else { return false }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        var host = authority.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let port = Array(":443".utf8)
        if host.suffix(port.count) == port[...] { host.removeLast(port.count) }
        return hosts.contains(host)
    }

    private static let refused = Set(#"?#\"<>^`{|}"#.utf8)
}
