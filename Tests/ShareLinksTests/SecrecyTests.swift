// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

/// All that Swift prints of a value: as text, for debugging, dumped and through its mirror.
func printed(_ value: some Any) -> String {
    var text = "\(value)\n" + String(reflecting: value) + "\n"
    dump(value, to: &text)
    func add(_ mirror: Mirror) {
        for child in mirror.children {
            text += "\(child.label ?? "-") \(child.value)\n"
            add(Mirror(reflecting: child.value))
        }
    }
    add(Mirror(reflecting: value))
    return text
}

@Suite("Keys and tokens are never printed")
struct SecrecyTests {
    /// How the sample secret would show: as hex, and as the list of numbers that Swift prints for bytes.
    private static let traces = [Hex.text(of: Samples.secret.prefix(8)), "1, 2, 3, 4", "- 17\n"]

    @Test func tracesWouldBeSeen() {
        let bytes = printed(Samples.secret)
        #expect(bytes.contains(Self.traces[1]) && bytes.contains(Self.traces[2]))
        #expect(printed(KeyFile(keys: [Samples.key()]).text).contains(Self.traces[0]))
    }

    @Test func keyIsNotPrinted() throws {
        let key = Samples.key()
        let file = KeyFile(keys: [key])
        let ring = Samples.ring()
        let refusal = #expect(throws: KeyRing.Refusal.self) { try KeyRing([key, key], realm: Samples.realm) }
        let live = LiveKeys(ring)
        let texts = [
            printed(key), printed(file), printed(ring), printed(refusal), printed(live), printed([key]), printed(Optional(key)),
            printed(["key": key]),
            printed(KeyReport(slot: key.slot, fingerprint: key.fingerprint, state: .signing, created: key.created, liveLinks: 1)),
        ]
        for text in texts {
            for trace in Self.traces { #expect(!text.contains(trace)) }
        }
        #expect("\(key)" == "LinkKey(slot 0, 84946a37ed7c2ad0)")
    }

    @Test func preparedStateIsNotPrinted() {
        let hmac = PreparedHMAC(key: Samples.secret)
        #expect(Mirror(reflecting: hmac).children.isEmpty)
        #expect("\(hmac)" == "PreparedHMAC" && String(reflecting: hmac) == "PreparedHMAC")
        let text = printed(hmac) + printed(AuditChain(key: Samples.secret)) + printed(Samples.ring())
        #expect(!text.contains("SHA256") && !text.contains("Nl") && !text.contains("num:"))
    }

    @Test func tokenIsNotPrinted() {
        let token = Samples.token()
        let texts = [printed(token), printed(Optional(token)), printed([token]), printed(["token": token])]
        for text in texts {
            #expect(!text.contains(token.text.dropFirst(36)))
            #expect(!text.contains("\(token.tag.high)") && !text.contains("\(token.tag.low)"))
        }
        #expect("\(token)" == "Token(of 00M5Rx98ttPBj7RE601z7X)")
        #expect(String(reflecting: token) == "\(token)")
    }

    @Test func tagIsNotPrinted() {
        let tag = Samples.token().tag
        #expect(!printed(tag).contains("\(tag.high)"))
    }
}
