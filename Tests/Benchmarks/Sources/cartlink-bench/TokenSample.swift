// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Many tokens of one realm, with what their tags cover.
struct TokenSample {
    let genuineCount: Int
    private let ring: KeyRing
    private let hmac: PreparedHMAC
    private let texts: [UInt8]
    private let messages: [UInt8]

    private static let textLength = 49
    /// Header and link id.
    private static let messageLength = 17

    init(count: Int, using random: inout some RandomNumberGenerator) throws {
        let (tenant, host) = ("default", "links.shop.example")
        let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        let hex = secret.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        guard
            let realm = Realm(tenant: tenant, host: host),
            let ring = KeyRing(keyFile: "0 signing 2026-01-01T00:00:00Z \(hex)", realm: realm)
        else { throw BenchFault("the key ring can't be made") }
        func counted(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }
        var (texts, messages, genuine): ([UInt8], [UInt8], Int) = ([], [], 0)
        for _ in 0..<count {
            let (high, low): (UInt64, UInt64) = (random.next(), random.next())
            let token = ring.token(for: LinkID(high: high, low: low), mode: .externalReadOnly).text
            let isGenuine = Bool.random(using: &random)
            genuine += isGenuine ? 1 : 0
            texts += isGenuine ? Array(token.utf8) : Self.forged(token)
            messages.append(0)
            for half in [high, low] { withUnsafeBytes(of: half.bigEndian) { messages += $0 } }
        }
        self.ring = ring
        self.texts = texts
        self.messages = messages
        hmac = PreparedHMAC(key: secret, prefix: Array("cartlink/1".utf8) + counted(tenant) + counted(host))
        genuineCount = genuine
    }

    /// Another last digit: a token in its form, with another tag.
    private static func forged(_ token: String) -> [UInt8] {
        var text = Array(token.utf8)
        text[textLength - 1] = text[textLength - 1] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        return text
    }

    /// Checks every token; answers how many are genuine.
    func genuine() -> Int {
        texts.withUnsafeBytes { texts in
            var count = 0
            for start in stride(from: 0, to: texts.count, by: Self.textLength) {
                let text = UnsafeRawBufferPointer(rebasing: texts[start..<start + Self.textLength])
                if let token = Token(utf8: text), ring.isGenuine(token) { count += 1 }
            }
            return count
        }
    }

    /// Makes the code of every message; answers something that depends on all of them, so that none is left out.
    func tags() -> UInt8 {
        messages.withUnsafeBytes { messages in
            withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { code in
                var all: UInt8 = 0
                for start in stride(from: 0, to: messages.count, by: Self.messageLength) {
                    hmac.authenticate(UnsafeRawBufferPointer(rebasing: messages[start..<start + Self.messageLength]), into: code)
                    all ^= code[0]
                }
                return all
            }
        }
    }
}
