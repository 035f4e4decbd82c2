// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The token of a page's form")
struct FormTokenTests {
    private static let subject = Subject("company-user:cu-1")!
    private let ring = Samples.ring()

    private func token(_ ring: KeyRing? = nil, for subject: Subject = subject, on link: LinkID = Samples.linkID) -> FormToken {
        (ring ?? self.ring).formToken(for: subject, on: link, slot: Samples.slotZero)!
    }

    private func holds(_ form: FormToken, for subject: Subject = subject, on link: LinkID = Samples.linkID) -> Bool {
        ring.isGenuine(form, of: subject, on: link, slot: Samples.slotZero)
    }

    /// Python: the first 16 bytes of `hmac.new(bytes(range(1, 33)), b"cartlink/form/1" + b"\x07default" + b"\x0cshop.example" + link +
    /// b"\x11company-user:cu-1", "sha256").digest()`, each half as eleven base62 digits.
    @Test func knownAnswer() throws {
        #expect(token().text == "6d0R1MFsTogE1P784xnFcO")
        #expect(holds(try #require(FormToken("6d0R1MFsTogE1P784xnFcO"))))
    }

    @Test func itIsThePersonsAlone() {
        let others = ["company-user:cu-2", "company-user:cu-11", "company-user:cu-", "user:cu-1", "user:company-user"]
        for other in others.compactMap({ Subject($0) }) {
            #expect(!holds(token(), for: other))
            #expect(!holds(token(for: other)))
        }
    }

    @Test func itIsTheLinksAlone() {
        for bit in 0..<128 {
            let (high, low): (UInt64, UInt64) = bit < 64 ? (1 << bit, 0) : (0, 1 << (bit - 64))
            let other = LinkID(high: Samples.linkID.high ^ high, low: Samples.linkID.low ^ low)
            #expect(!holds(token(), on: other))
        }
    }

    /// Lengths stand before the parts: what moves from one to the next makes another message.
    @Test(arguments: [("default", "other.example"), ("other", "shop.example"), ("defaults", "hop.example"), ("defaul", "tshop.example")])
    func itIsTheRealmsAlone(tenant: String, host: String) {
        #expect(!holds(token(Samples.ring(realm: Realm(tenant: tenant, host: host)!))))
    }

    @Test func itDiesWithTheKey() {
        let other = Samples.key(1, secret: Samples.secret(1), state: .verifying)
        let both = try! KeyRing([Samples.key(), other], realm: Samples.realm)
        let old = both.formToken(for: Self.subject, on: Samples.linkID, slot: other.slot)!
        #expect(both.isGenuine(old, of: Self.subject, on: Samples.linkID, slot: other.slot))
        #expect(!both.isGenuine(old, of: Self.subject, on: Samples.linkID, slot: Samples.slotZero))
        let rest = both.without([other.fingerprint])!
        #expect(!rest.isGenuine(old, of: Self.subject, on: Samples.linkID, slot: other.slot))
        #expect(rest.formToken(for: Self.subject, on: Samples.linkID, slot: other.slot) == nil)
    }

    @Test func everyChangedCharacterIsRefused() {
        let text = Array(token().text.utf8)
        for place in text.indices {
            for digit in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8 where digit != text[place] {
                var changed = text
                changed[place] = digit
                // Some are larger than 128 bits and no token at all.
                if let form = FormToken(String(decoding: changed, as: UTF8.self)) { #expect(!holds(form)) }
            }
        }
    }

    @Test(arguments: [
        "", "x", "6d0R1MFsTogE1P784xnFc", "6d0R1MFsTogE1P784xnFcO0", " 6d0R1MFsTogE1P784xnFc", "6d0R1MFsTogE1P784xnFc\n",
        "6d0R1MFsTogE1P784xnFc-", "LygHa16AHYG00000000000", "00000000000zzzzzzzzzzz",
    ])
    func otherTextsAreNone(text: String) {
        #expect(FormToken(text) == nil)
    }

    /// A link's tag and a form's token come from one key and never from one message.
    @Test func itIsNoLinksTag() {
        let tag = Samples.token().tag
        #expect(token().text != Base62.text(high: tag.high, low: tag.low))
    }

    @Test func itIsNotPrinted() {
        #expect(printed(token()) == printed(token(for: Subject("user:x")!)))
    }
}
