// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The keys of one realm")
struct KeyRingTests {
    private func ring(_ keys: LinkKey...) throws(KeyRing.Refusal) -> KeyRing {
        try KeyRing(keys, realm: Samples.realm)
    }

    @Test func oneKeySignsAndAllCheck() throws {
        let old = Samples.key(1, secret: Samples.secret(1), state: .verifying)
        let new = Samples.key(6, secret: Samples.secret(6))
        let ring = try ring(old, new)
        #expect(ring.signing.slot.rawValue == 6)
        for key in [old, new] {
            let token = try #require(
                Samples.ring(key.with(state: .signing)!).token(for: Samples.linkID, mode: .internalFull, slot: key.slot)
            )
            #expect(ring.isGenuine(token))
        }
    }

    @Test func ringWithoutSigningKeyIsRefused() {
        #expect(throws: KeyRing.Refusal.noSigningKey) { try ring() }
        #expect(throws: KeyRing.Refusal.noSigningKey) { try ring(Samples.key(state: .verifying)) }
    }

    @Test func twoSigningKeysAreRefused() {
        #expect(throws: KeyRing.Refusal.severalSigningKeys) { try ring(Samples.key(0), Samples.key(1, secret: Samples.secret(1))) }
    }

    @Test func slotTakenTwiceIsRefused() {
        let second = Samples.key(3, secret: Samples.secret(1), state: .verifying)
        #expect(throws: KeyRing.Refusal.slotTwice(Samples.slot(3))) { try ring(Samples.key(3), second) }
    }

    @Test func oneSecretInTwoSlotsIsRefused() {
        #expect(throws: KeyRing.Refusal.keyTwice(Samples.slot(4))) { try ring(Samples.key(3), Samples.key(4, state: .verifying)) }
    }

    @Test func retiredKeyNoLongerChecks() throws {
        let retired = Samples.key(1, secret: Samples.secret(1), state: .verifying)
        let ring = try ring(Samples.key(0), retired)
        let token = try #require(ring.token(for: Samples.linkID, mode: .externalReadOnly, slot: retired.slot))
        let rest = try #require(ring.without([retired.fingerprint]))
        #expect(ring.isGenuine(token))
        #expect(!rest.isGenuine(token))
        #expect(rest.isGenuine(Samples.token()))
        #expect(rest.key(in: retired.slot) == nil && rest.key(named: retired.fingerprint) == nil)
    }

    @Test func ringWithoutItsSigningKeyIsNone() throws {
        let ring = try ring(Samples.key(0), Samples.key(1, secret: Samples.secret(1), state: .verifying))
        #expect(ring.without([ring.signing.fingerprint]) == nil)
        #expect(ring.without([])?.keys.count == 2)
    }

    @Test func keysAreFoundBySlotAndByName() throws {
        let ring = try ring(Samples.key(5))
        #expect(ring.key(in: Samples.slot(5))?.fingerprint == ring.signing.fingerprint)
        #expect(ring.key(in: Samples.slot(4)) == nil)
        #expect(ring.key(named: ring.signing.fingerprint)?.slot.rawValue == 5)
        #expect(ring.key(named: LinkKey.Fingerprint(text: "0000000000000000")) == nil)
    }

    @Test(arguments: [0, 1, 16, 31, 33, 64])
    func keyOfAnotherLengthIsRefused(count: Int) {
        let secret = [UInt8](repeating: 7, count: count)
        #expect(LinkKey(slot: Samples.slotZero, secret: secret, created: Samples.now, state: .signing) == nil)
    }

    @Test func allZeroKeyIsRefused() {
        var secret = [UInt8](repeating: 0, count: 32)
        #expect(LinkKey(slot: Samples.slotZero, secret: secret, created: Samples.now, state: .signing) == nil)
        secret[31] = 1
        #expect(LinkKey(slot: Samples.slotZero, secret: secret, created: Samples.now, state: .signing) != nil)
    }

    /// Python: `hmac.new(bytes(range(1, 33)), b"cartlink/fingerprint", "sha256").hexdigest()[:16]`.
    @Test func fingerprintNamesTheSecretAlone() {
        #expect(Samples.key().fingerprint.text == "84946a37ed7c2ad0")
        #expect(Samples.key(5, state: .verifying).fingerprint == Samples.key().fingerprint)
        #expect(Samples.key(secret: Samples.secret(1)).fingerprint != Samples.key().fingerprint)
    }

    @Test func thereAreEightSlots() {
        #expect(KeySlot.allCases.map(\.rawValue) == Array(0...7))
        #expect(KeySlot(rawValue: 8) == nil && KeySlot(rawValue: 255) == nil)
    }

    @Test func liveKeysAreReplaced() {
        let live = LiveKeys(Samples.ring())
        live.replace(with: Samples.ring(Samples.key(4)))
        #expect(live.ring.signing.slot.rawValue == 4)
    }

    @Test func readerChecksUnderTheRingInForce() throws {
        let retired = Samples.key(1, secret: Samples.secret(1), state: .verifying)
        let live = LiveKeys(try ring(Samples.key(0), retired))
        let old = try #require(live.ring.token(for: Samples.linkID, mode: .externalReadOnly, slot: retired.slot))
        var reader = LiveKeys.Reader(live)
        #expect(reader.isGenuine(old) && reader.isGenuine(Samples.token()))
        live.remove(retired.fingerprint)
        #expect(!reader.isGenuine(old) && reader.isGenuine(Samples.token()))
        live.replace(with: try ring(Samples.key(0, state: .verifying), retired.with(state: .signing)!))
        #expect(reader.isGenuine(old) && reader.isGenuine(Samples.token()))
    }

    @Test func ringIsMadeOfAKeyFilesText() throws {
        let file = KeyFile(keys: [Samples.key(0), Samples.key(1, secret: Samples.secret(1), state: .verifying)])
        let made = try #require(KeyRing(keyFile: file.text, realm: Samples.realm))
        #expect(made.token(for: Samples.linkID, mode: .externalReadOnly) == Samples.token())
        #expect(made.isGenuine(Samples.token()))
        #expect(KeyRing(keyFile: "0 signing now 00", realm: Samples.realm) == nil)
        #expect(KeyRing(keyFile: "", realm: Samples.realm) == nil)
    }
}
