// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import Testing

@Suite struct EndpointURLTests {
    @Test(arguments: [
        ("https://Shop.Example/Hooks?a=B", "https://shop.example/Hooks?a=B", "shop.example", 443),
        ("HTTPS://shop.example", "https://shop.example/", "shop.example", 443),
        ("https://shop.example:443/", "https://shop.example/", "shop.example", 443),
        ("https://shop.example:8443?x", "https://shop.example:8443/?x", "shop.example", 8443),
        ("http://127.0.0.1:80/h", "http://127.0.0.1/h", "127.0.0.1", 80),
        ("http://[::1]:8080/h", "http://[::1]:8080/h", "::1", 8080),
        ("http://0x7f.1/", "http://0x7f.1/", "0x7f.1", 80),
    ])
    func anAddressIsReadInOneForm(text: String, normal: String, host: String, port: Int) throws {
        let url = try EndpointURL(text, allowsPlain: true)
        #expect((url.text, url.host, url.port) == (normal, host, port))
        #expect(url.isSecure == normal.hasPrefix("https"))
    }

    @Test(arguments: [
        "", "shop.example", "https://", "https:///hooks", "https://shop.example:0/", "https://shop.example:65536/",
        "https://shop.example:/",
        "https://shop.example:+80/", "https://shop example/", "https://shop.example/#top", "https://shop..example/", "https://.example/",
        "https://shop.example./", "https://[::1/", "https://[::1]x/", "https://[shop]/", "https://shöp.example/", "https://shop%2eexample/",
        "https://a\\@b/", "ftp://shop.example/", "https://shop.example/\r\nx: y", "https://a,b/",
        "https://" + String(repeating: "a", count: 64) + ".example/", "https://shop.example/" + String(repeating: "a", count: 2048),
    ])
    func anotherTextIsNoAddress(text: String) {
        #expect(throws: EndpointURL.Fault.form) { try EndpointURL(text, allowsPlain: true) }
    }

    @Test(arguments: ["https://user@shop.example/", "https://user:pw@shop.example/", "https://shop.example@evil.example/"])
    func userInfoIsRefused(text: String) {
        #expect(throws: EndpointURL.Fault.userInfo) { try EndpointURL(text, allowsPlain: true) }
    }

    @Test func plainIsRefusedUnlessItIsAllowed() {
        #expect(throws: EndpointURL.Fault.plain) { try EndpointURL("http://shop.example/", allowsPlain: false) }
    }
}
