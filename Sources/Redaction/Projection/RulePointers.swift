// SPDX-License-Identifier: Apache-2.0

/// A rule table lent to the filter for the time of one document.
///
/// Sound because `RuleTable` made every index in it, and keeps the arrays alive while it lends them.
struct RulePointers {
    private let rules: UnsafePointer<RuleTable.Rule>
    private let slots: UnsafePointer<RuleTable.Edge>
    private let names: UnsafePointer<UInt8>

    /// None of them is empty: there is always the rule for nothing, one slot, and one byte.
    init(rules: UnsafeBufferPointer<RuleTable.Rule>, slots: UnsafeBufferPointer<RuleTable.Edge>, names: UnsafeBufferPointer<UInt8>) {
        self.rules = rules.baseAddress!
        self.slots = slots.baseAddress!
        self.names = names.baseAddress!
    }

    /// A rule, by pointer so that it is not copied.
    @inline(__always)
    subscript(rule: Int) -> UnsafePointer<RuleTable.Rule> {
        rules + rule
    }

    /// Where the text leads that has this hash, or -1.
    @inline(__always)
    func find(_ text: JSONString, _ hash: UInt64, in lookup: RuleTable.Lookup, _ bytes: UnsafePointer<UInt8>) -> Int {
        guard lookup.mask >= 0 else { return -1 }
        var slot = Int32(truncatingIfNeeded: hash) & lookup.mask
        while true {
            let edge = slots + Int(lookup.start &+ slot)
            guard edge.pointee.rule >= 0 else { return -1 }
            if edge.pointee.name.hash == hash, isSame(text, as: edge.pointee.name, bytes) { return Int(edge.pointee.rule) }
            slot = (slot &+ 1) & lookup.mask
        }
    }

    /// Whether a text is a name of the policy. A raw text serves when it has no escapes: then it is its own decoded form.
    @inline(__always)
    func isSame(_ text: JSONString, as name: RuleTable.Name, _ bytes: UnsafePointer<UInt8>) -> Bool {
        let known = names + Int(name.start)
        guard !text.isEscaped else { return Self.isSame(text.decoded(in: bytes), as: known, Int(name.count)) }
        return text.count == Int(name.count) && Self.areEqual(bytes + text.start, known, text.count)
    }

    @inline(never)
    private static func isSame(_ text: [UInt8], as known: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        text.elementsEqual(UnsafeBufferPointer(start: known, count: count))
    }

    /// Eight or four bytes at a time; the last ones are looked at twice rather than one by one.
    @inline(__always)
    private static func areEqual(_ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        func isEqual<Word: FixedWidthInteger & BitwiseCopyable>(_ index: Int, _: Word.Type) -> Bool {
            UnsafeRawPointer(first + index).loadUnaligned(as: Word.self) == UnsafeRawPointer(second + index).loadUnaligned(as: Word.self)
        }
        if count >= 8 {
            var index = 0
            while count &- index > 8 {
                guard isEqual(index, UInt64.self) else { return false }
                index &+= 8
            }
            return isEqual(count &- 8, UInt64.self)
        }
        if count >= 4 { return isEqual(0, UInt32.self) && isEqual(count &- 4, UInt32.self) }
        for index in 0..<count where first[index] != second[index] { return false }
        return true
    }
}
