// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct OriginTests {
    @Test(arguments: [
        ("https://shop.example", "https://shop.example"), ("https://Shop.Example", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"), ("http://shop.example:80", "http://shop.example"),
        ("http://shop.example:443", "http://shop.example:443"), ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:3000", "http://localhost:3000"),
    ])
    func itIsWrittenAsBrowsersDo(text: String, written: String) {
        #expect(Origin(text)?.text == written)
    }

    @Test(arguments: [
        "", "null", "*", "https://*", "https://*.shop.example", "shop.example", "//shop.example", "https://", "https://shop.example/",
        "https://shop.example/cart", "https://shop.example?", "https://shop.example#", "https://u@shop.example", "https://shop.example:",
        "https://shop.example:0", "https://shop.example:0443", "https://shop.example:65536", "https://shop.example:1:2",
        "ftp://shop.example",
        "HTTPS://shop.example", "file://", "https://shop.example ", " https://shop.example", "https://shop.example, https://b.example",
        "https://shöp.example", "https://shop_example",
    ])
    func anythingElseIsNone(text: String) {
        #expect(Origin(text) == nil)
    }
}
