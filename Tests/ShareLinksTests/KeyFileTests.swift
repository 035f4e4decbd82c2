// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The text of a key file")
struct KeyFileTests {
    private static let digits = Hex.text(of: Samples.secret)

    @Test func keysAreRead() throws {
        let file = try KeyFile(
            parsing: """
                # made by hand

                0 signing 2027-01-15T08:00:00Z \(Self.digits) # the first
                \t7   verifying\t2026-01-15T08:00:00+01:00 \(Self.digits.uppercased())
                """
        )
        #expect(file.keys.map(\.slot.rawValue) == [0, 7])
        #expect(file.keys.map(\.state) == [.signing, .verifying])
        #expect(file.keys.map { "\($0.created)" } == ["2027-01-15T08:00:00Z", "2026-01-15T07:00:00Z"])
        #expect(file.keys.map(\.secret) == [Samples.secret, Samples.secret])
    }

    @Test func printedFileIsReadAgain() throws {
        let keys = [Samples.key(6, secret: Samples.secret(6)), Samples.key(2, secret: Samples.secret(2), state: .verifying)]
        let text = KeyFile(keys: keys).text
        let again = try KeyFile(parsing: text)
        #expect(again.keys.map(\.slot.rawValue) == [2, 6])
        #expect(again.keys.map(\.state) == [.verifying, .signing])
        #expect(again.keys.map(\.secret) == [Samples.secret(2), Samples.secret(6)])
        #expect(again.keys.map(\.created) == [Samples.now, Samples.now])
        #expect(again.text == text)
        #expect(text.hasPrefix("#") && text.hasSuffix("\n"))
    }

    @Test func emptyFileHasNoKeys() throws {
        #expect(try KeyFile(parsing: "").keys.isEmpty)
        #expect(try KeyFile(parsing: "\n  \n# nothing\n").keys.isEmpty)
    }

    @Test(arguments: [
        ("0", KeyFile.Fault.What.form), ("0 signing 2027-01-15T08:00:00Z", .form), ("0 signing 2027-01-15T08:00:00Z DIGITS more", .form),
        ("0 signing # 2027-01-15T08:00:00Z DIGITS", .form), ("8 signing 2027-01-15T08:00:00Z DIGITS", .slot),
        ("-1 signing 2027-01-15T08:00:00Z DIGITS", .slot), ("256 signing 2027-01-15T08:00:00Z DIGITS", .slot),
        ("a signing 2027-01-15T08:00:00Z DIGITS", .slot), ("0 Signing 2027-01-15T08:00:00Z DIGITS", .state),
        ("0 retired 2027-01-15T08:00:00Z DIGITS", .state), ("0 signing 2027-01-15 DIGITS", .created),
        ("0 signing 2027-02-29T08:00:00Z DIGITS", .created), ("0 signing 2027-01-15T08:00:00Z DIGITSa", .short),
        ("0 signing 2027-01-15T08:00:00Z DIGITSaa", .short), ("0 signing 2027-01-15T08:00:00Z 0x00", .short),
        ("0 signing 2027-01-15T08:00:00Z gg", .short), ("0 signing 2027-01-15T08:00:00Z ZEROS", .zero),
    ])
    func faultNamesItsLine(line: String, what: KeyFile.Fault.What) {
        let filled = line.replacing("DIGITS", with: Self.digits).replacing("ZEROS", with: String(repeating: "0", count: 64))
        #expect(throws: KeyFile.Fault(line: 1, what: what)) { try KeyFile(parsing: filled) }
        let third = "# head\n1 verifying 2027-01-15T08:00:00Z \(Self.digits)\n\(filled)\n0 what\n"
        #expect(throws: KeyFile.Fault(line: 3, what: what)) { try KeyFile(parsing: third) }
    }

    @Test func faultTellsTheLineAndNothingOfTheKey() {
        let fault = #expect(throws: KeyFile.Fault.self) { try KeyFile(parsing: "0 signing 2027-01-15T08:00:00Z \(Self.digits.dropLast())") }
        #expect(fault?.description == "line 1: a key is 32 bytes, that is 64 hex digits")
        #expect(!printed(fault).contains(Self.digits.prefix(8)))
    }

    @Test func firstKeySignsAndLaterOnesWait() throws {
        var file = KeyFile(keys: [])
        for number in UInt8(0)..<8 {
            let added = file.addKey(secret: Samples.secret(number), created: Samples.now)
            let key = try #require(added)
            #expect(key.slot.rawValue == number)
            #expect(key.state == (number == 0 ? .signing : .verifying))
        }
        let ninth = file.addKey(secret: Samples.secret(9), created: Samples.now)
        #expect(ninth == nil)
        #expect(file.keys.count == 8)
    }

    @Test func newKeyTakesTheLowestFreeSlot() {
        var file = KeyFile(keys: [Samples.key(0), Samples.key(2, secret: Samples.secret(2), state: .verifying)])
        let slots = [UInt8(1), 3].map { file.addKey(secret: Samples.secret($0), created: Samples.now)?.slot.rawValue }
        #expect(slots == [1, 3])
    }

    @Test func unfitSecretIsNotAdded() {
        var file = KeyFile(keys: [])
        for secret in [[UInt8](repeating: 0, count: 32), [1, 2, 3]] {
            let key = file.addKey(secret: secret, created: Samples.now)
            #expect(key == nil)
        }
        #expect(file.keys.isEmpty)
    }

    @Test func promotionLeavesOneSigningKey() throws {
        var file = KeyFile(keys: [])
        for number in UInt8(0)..<3 { _ = file.addKey(secret: Samples.secret(number), created: Samples.now) }
        let before = file.keys.map(\.secret)
        let isPromoted = file.promote(Samples.slot(2))
        #expect(isPromoted)
        #expect(file.keys.map(\.state) == [.verifying, .verifying, .signing])
        #expect(file.keys.map(\.secret) == before)
        #expect(try KeyRing(file.keys, realm: Samples.realm).signing.slot.rawValue == 2)
    }

    @Test func emptySlotIsNotPromoted() {
        var file = KeyFile(keys: [Samples.key(0)])
        let isPromoted = file.promote(Samples.slot(1))
        #expect(!isPromoted)
        #expect(file.keys.map(\.state) == [.signing])
    }

    @Test func linesMayEndAsOtherEditorsEndThem() throws {
        let one = Hex.text(of: Samples.secret)
        let other = Hex.text(of: Samples.secret(1))
        let text = "# head\r\n0 signing 2027-01-15T08:00:00Z \(one)\r\n1 verifying 2027-01-15T08:00:00Z \(other)\r\n"
        #expect(try KeyFile(parsing: text).keys.count == 2)
        #expect(try KeyFile(parsing: String(text.dropFirst(7))).keys.count == 2)
    }

    @Test(arguments: ["+3", "03", "007"]) func slotHasOneSpelling(slot: String) {
        #expect(throws: KeyFile.Fault(line: 1, what: .slot)) {
            try KeyFile(parsing: "\(slot) signing 2027-01-15T08:00:00Z \(Hex.text(of: Samples.secret))")
        }
    }
}
