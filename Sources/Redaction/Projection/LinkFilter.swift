// SPDX-License-Identifier: Apache-2.0

/// Decides which URLs in a cart may be shown: `https` to a host of the shop, and nothing in them that could carry a secret.
struct LinkFilter: Hashable {
    /// In lower case.
    private let hosts: [[UInt8]]

    init(hosts: Set<String>) {
        self.hosts = hosts.map { $0.lowercased() }.sorted().map { Array($0.utf8) }
    }

    /// True for `https://host/path` with a known host, the default port, and no user info, query or fragment.
    func allows(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !hosts.isEmpty, Self.isEqual(url, 0..<min(8, url.count), "https://") else { return false }
        var hostEnd = url.count
        for index in (8..<url.count).reversed() {
            // What RFC 3986 §2 does not allow in a URL, browsers repair in surprising ways: a backslash becomes a slash.
            guard url[index] > 0x20, url[index] < 0x7F, !Self.isRefused(url[index]) else { return false }
            if url[index] == UInt8(ascii: "/") { hostEnd = index }
        }
        if hostEnd >= 12, Self.isEqual(url, hostEnd - 4..<hostEnd, ":443") { hostEnd -= 4 }
        return hosts.contains { host in
            guard host.count == hostEnd - 8 else { return false }
            for index in host.indices where Self.lowercased(url[8 + index]) != host[index] { return false }
            return true
        }
    }

    private static func isEqual(_ url: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where url[range.lowerBound + index] != text.utf8Start[index] {
            return false
        }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isRefused(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
