// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct Base64URLTests {
    @Test(arguments: 0..<70)
    func encodingIsReadBack(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 91 &+ length) }
        #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
    }

    /// RFC 4648 §10, without its padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func standardExamplesHold(text: String, encoded: String) {
        #expect(Base64URL.encode(text.utf8) == encoded)
        #expect(Base64URL.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["A", "Zm9vA", "Zh", "Zm9", "Zm9vYmF", "Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zm9v.", "Zm9ä"])
    func everyOtherSpellingIsRefused(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
