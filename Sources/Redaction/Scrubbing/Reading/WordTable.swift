// SPDX-License-Identifier: Apache-2.0

/// Words of up to 16 letters with what they mean: a hash table with the letters themselves as the key. Swift's own dictionary is safe
/// against chosen keys and several times slower; here the keys are ours, and a text's word only ever looks one up.
struct WordTable {
    private var slots: [(letters: UInt128, roles: WordRoles)]
    private let mask: Int

    init(_ words: [UInt128: WordRoles]) {
        let size = 1 << (Int.bitWidth - (words.count * 4).leadingZeroBitCount)
        slots = Array(repeating: (0, []), count: size)
        mask = size - 1
        for (letters, roles) in words.sorted(by: { $0.key < $1.key }) {
            var slot = Self.hash(letters) & mask
            while slots[slot].letters != 0 { slot = (slot + 1) & mask }
            slots[slot] = (letters, roles)
        }
    }

    /// - Parameter letters: one byte each, the last one lowest.
    @inline(__always)
    subscript(letters: UInt128) -> WordRoles? {
        var slot = Self.hash(letters) & mask
        // A quarter of the slots is taken, so a free one is near.
        while slots[slot].letters != letters {
            if slots[slot].letters == 0 { return nil }
            slot = (slot + 1) & mask
        }
        return slots[slot].roles
    }

    @inline(__always)
    private static func hash(_ letters: UInt128) -> Int {
        let mixed =
            (UInt64(truncatingIfNeeded: letters >> 64) ^ UInt64(truncatingIfNeeded: letters) &* 0x9E37_79B9_7F4A_7C15)
            &* 0xBF58_476D_1CE4_E5B9
        return Int(truncatingIfNeeded: mixed >> 40)
    }
}
