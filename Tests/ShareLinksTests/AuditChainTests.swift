// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The chain of the audit")
struct AuditChainTests {
    private let chain = AuditChain(key: Samples.secret)!

    private static let entries = (0..<6).map { number in
        AuditEntry(
            at: Samples.now.adding(seconds: Int64(number)),
            actor: "user:anna",
            action: .linkIssued,
            link: LinkID(high: 1, low: UInt64(number)),
            cart: CartID("cart-\(number)")!,
            reason: number == 3 ? nil : "because",
            before: "before",
            after: "after"
        )
    }

    private func records(_ entries: [AuditEntry] = entries) -> [AuditRecord] {
        var code = AuditChain.Code.start
        return entries.enumerated().map { index, entry in
            code = chain.code(after: code, sequence: Int64(index + 1), entry: entry)
            return AuditRecord(sequence: Int64(index + 1), entry: entry, code: code)
        }
    }

    private func firstBroken(_ records: [AuditRecord]) -> Int64? {
        chain.firstBroken(in: records, after: (0, .start))
    }

    /// Made by Python's `hmac`: the domain's name, the code before, the number, the time in milliseconds, then each field after
    /// its length, or after -1 where it is absent.
    @Test func codeHasTheBytesOfTheFormat() {
        let entry = AuditEntry(
            at: Timestamp(milliseconds: 1_700_000_000_123),
            actor: "user:anna",
            action: .linkIssued,
            link: Samples.linkID,
            cart: CartID("cart-1")!,
            before: "",
            after: "external read-only"
        )
        let code = chain.code(after: .start, sequence: 1, entry: entry)
        #expect("\(code)" == "6f7a54a7a486ca28abee73d2e6f8e8dd20ecaaf29384bfe0acdb3f3c7c910690")
    }

    @Test func untouchedChainHolds() {
        #expect(firstBroken(records()) == nil)
        #expect(firstBroken([]) == nil)
        let all = records()
        #expect(chain.firstBroken(in: Array(all[3...]), after: (3, all[2].code)) == nil)
    }

    static let changes: [(String, @Sendable (AuditEntry) -> AuditEntry)] = [
        ("at", { $0.changed(at: Timestamp(milliseconds: $0.at.milliseconds + 1)) }),
        ("actor", { $0.changed(actor: "user:Anna") }),
        ("action", { $0.changed(action: .linkRevoked) }),
        ("link", { $0.changed(link: .some(LinkID(high: 9, low: 9))) }),
        ("no link", { $0.changed(link: .some(nil)) }),
        ("cart", { $0.changed(cart: .some(CartID("cart-9"))) }),
        ("no cart", { $0.changed(cart: .some(nil)) }),
        ("reason", { $0.changed(reason: .some("Because")) }),
        ("empty reason", { $0.changed(reason: .some("")) }),
        ("before", { $0.changed(before: .some("befor")) }),
        ("no before", { $0.changed(before: .some(nil)) }),
        ("after", { $0.changed(after: .some("after ")) }),
        ("empty after", { $0.changed(after: .some("")) }),
    ]

    @Test(arguments: changes.indices)
    func everyChangedFieldIsFound(index: Int) {
        let (name, change) = Self.changes[index]
        let good = records()
        for place in good.indices {
            var bad = good
            bad[place] = AuditRecord(sequence: good[place].sequence, entry: change(good[place].entry), code: good[place].code)
            #expect(firstBroken(bad) == Int64(place + 1), "\(name) of row \(place + 1)")
        }
    }

    @Test func absentAndEmptyDiffer() {
        let absent = Self.entries[3]
        let empty = absent.changed(reason: .some(""))
        #expect(chain.code(after: .start, sequence: 1, entry: absent) != chain.code(after: .start, sequence: 1, entry: empty))
    }

    @Test func textMovedBetweenFieldsIsSeen() {
        func code(_ reason: String?, _ before: String?, _ after: String?) -> AuditChain.Code {
            let entry = AuditEntry(at: Samples.now, actor: "a", action: .linkIssued, reason: reason, before: before, after: after)
            return chain.code(after: .start, sequence: 1, entry: entry)
        }
        // As long as a number, so that a text could stand in for one.
        let gap = String(repeating: "\0", count: 8)
        let codes = [
            code("ab", "c", nil), code("a", "bc", nil), code("abc", "", nil), code("abc", nil, nil), code(nil, "abc", nil),
            code(nil, nil, "abc"), code("", "abc", nil), code("ab", nil, "c"), code("", "", ""), code(nil, nil, nil),
            code("a", "b\(gap)c", ""), code("a\(gap)b", "c", ""),
        ]
        #expect(Set(codes).count == codes.count)
    }

    @Test func droppedRowIsFound() {
        for place in 0..<5 {
            var bad = records()
            bad.remove(at: place)
            #expect(firstBroken(bad) == Int64(place + 1))
            // Also when the rows after it are counted anew.
            let renumbered = bad.enumerated().map { AuditRecord(sequence: Int64($0 + 1), entry: $1.entry, code: $1.code) }
            #expect(firstBroken(renumbered) == Int64(place + 1))
        }
    }

    @Test func swappedRowsAreFound() {
        for place in 0..<5 {
            var bad = records()
            bad.swapAt(place, place + 1)
            #expect(firstBroken(bad) == Int64(place + 1))
            let renumbered = bad.enumerated().map { AuditRecord(sequence: Int64($0 + 1), entry: $1.entry, code: $1.code) }
            #expect(firstBroken(renumbered) == Int64(place + 1))
        }
    }

    @Test func insertedRowIsFound() {
        for place in 0...5 {
            var bad = records()
            bad.insert(bad[place], at: place)
            let renumbered = bad.enumerated().map { AuditRecord(sequence: Int64($0 + 1), entry: $1.entry, code: $1.code) }
            #expect(firstBroken(bad) == Int64(place + 2))
            #expect(firstBroken(renumbered) == Int64(place + 2))
        }
    }

    @Test func renumberedRowIsFound() {
        for place in 0..<6 {
            var bad = records()
            bad[place] = AuditRecord(sequence: bad[place].sequence + 10, entry: bad[place].entry, code: bad[place].code)
            #expect(firstBroken(bad) == Int64(place + 1))
        }
    }

    /// A row of another history has a good code of its own, as after an old backup was put back.
    @Test func rowOfAnotherHistoryBreaksTheNext() {
        let other = records([Self.entries[0].changed(actor: "user:otto")] + Self.entries[1...])
        #expect(firstBroken(other) == nil)
        for place in 0..<6 {
            var bad = records()
            bad[place] = other[place]
            #expect(firstBroken(bad) == Int64(place == 0 ? 2 : place + 1))
        }
    }

    @Test func flippedBitsOfACodeAreFound() {
        let good = records()
        for bit in 0..<256 {
            var bytes = good[2].code.bytes
            bytes[bit / 8] ^= 0x80 >> (bit % 8)
            var bad = good
            bad[2] = AuditRecord(sequence: 3, entry: good[2].entry, code: AuditChain.Code(bytes: bytes)!)
            #expect(firstBroken(bad) == 3)
        }
    }

    @Test func anotherKeyBreaksTheChain() {
        let other = AuditChain(key: Samples.secret(1))
        #expect(other?.firstBroken(in: records(), after: (0, .start)) == 1)
    }

    @Test func rowRewrittenByWhoLacksTheKeyBreaksTheNext() {
        var bad = records()
        let entry = Self.entries[1].changed(actor: "user:mallory")
        let code = AuditChain(key: Samples.secret(1))!.code(after: bad[0].code, sequence: 2, entry: entry)
        bad[1] = AuditRecord(sequence: 2, entry: entry, code: code)
        #expect(firstBroken(bad) == 2)
    }

    @Test(arguments: [0, 16, 31, 33])
    func keysAndCodesOfOtherLengthsAreRefused(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(AuditChain(key: bytes) == nil)
        #expect(AuditChain.Code(bytes: bytes) == nil)
    }

    @Test func allZeroKeyIsRefused() {
        #expect(AuditChain(key: [UInt8](repeating: 0, count: 32)) == nil)
    }
}

extension AuditEntry {
    fileprivate func changed(
        at: Timestamp? = nil,
        actor: String? = nil,
        action: Action? = nil,
        link: LinkID?? = nil,
        cart: CartID?? = nil,
        reason: String?? = nil,
        before: String?? = nil,
        after: String?? = nil
    ) -> AuditEntry {
        AuditEntry(
            at: at ?? self.at,
            actor: actor ?? self.actor,
            action: action ?? self.action,
            link: link ?? self.link,
            cart: cart ?? self.cart,
            reason: reason ?? self.reason,
            before: before ?? self.before,
            after: after ?? self.after
        )
    }
}
