// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import cartlink

struct PublicURLTests {
    static let good: [(text: String, kept: String, host: String)] = [
        ("https://links.example", "https://links.example", "links.example"),
        ("https://links.example/", "https://links.example", "links.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1"), ("http://localhost:1", "http://localhost:1", "localhost"),
        ("https://a-b.c:65535/", "https://a-b.c:65535", "a-b.c"),
    ]

    @Test(arguments: good)
    func aSchemeAHostAndMaybeAPortAreTaken(text: String, kept: String, host: String) {
        #expect(PublicURL(text)?.text == kept)
        #expect(PublicURL(text)?.host == host)
    }

    @Test(arguments: [
        "", "links.example", "://a", "ftp://a", "javascript://a", "https://", "https:///", "https://a/b", "https://a//", "https://a?b",
        "https://a#b",
        "https://u@a", "https://u:p@a", "https://a:", "https://a:0", "https://a:65536", "https://a:x", "https://a:1:2", "https://a b",
        "https://a\nb", "https://é.example", "https://a_b", "https://\"a\"", " https://a", "https://{token}",
    ])
    func anythingElseIsNone(text: String) {
        #expect(PublicURL(text) == nil)
    }
}
