// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing

@testable import CartlinkServer

struct IPAddressTests {
    static let written: [(text: String, read: String?)] = [
        ("203.0.113.7", "203.0.113.7"), (" 203.0.113.7 ", "203.0.113.7"), ("203.0.113.7:80", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:DB8::0:1", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"), ("fe80::1%eth0", "fe80::1"), ("[fe80::1%25eth0]:443", "fe80::1"),
        ("", nil), ("unknown", nil), ("_hidden", nil), ("203.0.113", nil), ("203.0.113.7.1", nil), ("203.0.113.256", nil),
        ("2001:db8::1::2", nil), ("[2001:db8::1", nil), ("[]", nil), (":", nil), ("203.0.113.7, 10.0.0.1", nil), ("１.2.3.4", nil),
        (String(repeating: "1", count: 10_000), nil),
    ]

    @Test(arguments: written)
    func addressesAreReadAsProxiesWriteThem(text: String, read: String?) {
        #expect(IPAddress(text)?.description == read)
    }

    @Test func aPeerWithoutAnAddressIsUnknown() throws {
        #expect(IPAddress(nil as SocketAddress?) == .unknown)
        #expect(IPAddress(try SocketAddress(unixDomainSocketPath: "socket")).description == "unknown")
    }

    @Test func onlyNetworksOfIPv6CountTogether() {
        #expect(IPAddress("2001:db8::1")!.counted == IPAddress("2001:db8::ffff:1")!.counted)
        #expect(IPAddress("2001:db8::1")!.counted != IPAddress("2001:db8:0:1::1")!.counted)
        #expect(IPAddress("203.0.113.7")!.counted != IPAddress("203.0.113.8")!.counted)
    }
}
