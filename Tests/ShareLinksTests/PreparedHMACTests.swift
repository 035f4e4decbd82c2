// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("HMAC-SHA-256 from a prepared state")
struct PreparedHMACTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let key: [UInt8]
        let message: [UInt8]
        let code: String
        var testDescription: String { "key of \(key.count) bytes, message of \(message.count)" }
    }

    /// RFC 4231 sections 4.2 to 4.8; of the fifth only the first 16 bytes are given.
    static let vectors = [
        Vector(
            key: [UInt8](repeating: 0x0B, count: 20),
            message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Vector(
            key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 20),
            message: [UInt8](repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        Vector(
            key: Array(1...25),
            message: [UInt8](repeating: 0xCD, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        Vector(
            key: [UInt8](repeating: 0x0C, count: 20),
            message: Array("Test With Truncation".utf8),
            code: "a3b6167473100ee06e0c796c2955552b"
        ),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
            ),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: vectors)
    func codeIsThatOfTheRFC(vector: Vector) {
        let code = Hex.text(of: PreparedHMAC(key: vector.key).code(for: vector.message))
        #expect(code.hasPrefix(vector.code))
    }

    @Test(arguments: vectors)
    func prefixIsTheMessagesBeginning(vector: Vector) {
        for cut in 0...vector.message.count {
            let hmac = PreparedHMAC(key: vector.key, prefix: Array(vector.message.prefix(cut)))
            let code = Hex.text(of: hmac.code(for: Array(vector.message.dropFirst(cut))))
            #expect(code.hasPrefix(vector.code), "cut at \(cut)")
        }
    }

    /// Keys of a whole block aren't hashed (RFC 2104 section 2), longer ones are; the codes are Python's.
    @Test(arguments: [
        (63, "62ace2f3e3d51364d1f1caac6313db25b4de185ea942281b00a35f4c4f03ccd0"),
        (64, "6117f44d3e99fd884a6c9dc786e91e812c2a7b1c6240231edfcfe60343ff61cb"),
        (65, "88d81ab6f6f7dd8671c038c63fff879a74aa747f0ce7ff496b867eb554419e73"),
    ])
    func keysAroundTheBlockSize(count: Int, code: String) {
        let hmac = PreparedHMAC(key: [UInt8](repeating: 0x61, count: count))
        #expect(Hex.text(of: hmac.code(for: Array("message".utf8))) == code)
    }

    @Test func stateCanBeUsedAgain() {
        let hmac = PreparedHMAC(key: Samples.secret, prefix: [1, 2, 3])
        let first = hmac.code(for: [4])
        _ = hmac.code(for: [UInt8](repeating: 9, count: 1000))
        #expect(hmac.code(for: [4]) == first)
    }

    @Test func comparisonSeesEveryByteAndTheLength() {
        let one = [UInt8](0..<32)
        #expect(areEqual(one, one))
        #expect(areEqual([], []))
        #expect(!areEqual(one, Array(one.dropLast())))
        for place in one.indices {
            var other = one
            other[place] ^= 1
            #expect(!areEqual(one, other))
        }
    }

    @Test func digestIsSHA256() {
        // FIPS 180-4, the examples of NIST.
        #expect(Hex.text(of: SHA256Digest.of(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Hex.text(of: SHA256Digest.of([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    private func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.withUnsafeBytes { one in other.withUnsafeBytes { other in PreparedHMAC.areEqual(one, other) } }
    }
}
