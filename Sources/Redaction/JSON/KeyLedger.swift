// SPDX-License-Identifier: Apache-2.0

/// The member names of all objects open at one moment, to refuse a name used twice in one object.
///
/// One hash table serves the whole document, so a key costs no allocation. An object's names leave it again when the object
/// ends: always the ones that came last, so no search ever runs into a gap.
struct KeyLedger: ~Copyable {
    /// One open object's part of the ledger.
    struct Object {
        /// Counted from 1; never used again.
        fileprivate let number: Int32
        fileprivate let firstKey: Int
    }

    private struct Slot {
        var hash: UInt64 = 0
        /// Where the name stands in the document.
        var start: Int32 = 0
        /// The object's number; 0 in a free slot.
        var object: Int32 = 0
    }

    // Both are read and written at places below `capacity` only: a slot is a number masked to it, and `count` stays below half.
    private var slots: UnsafeMutablePointer<Slot>
    /// The taken slots, in the order they were taken.
    private var taken: UnsafeMutablePointer<Int32>
    private var capacity = 256
    private var count = 0
    private var objects: Int32 = 0

    init() {
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        taken = .allocate(capacity: capacity / 2)
    }

    deinit {
        slots.deallocate()
        taken.deallocate()
    }

    @inline(__always)
    mutating func open() -> Object {
        objects &+= 1
        return Object(number: objects, firstKey: count)
    }

    @inline(__always)
    mutating func close(_ object: Object) {
        let (slots, taken) = (slots, taken)
        var index = count
        while index > object.firstKey {
            index &-= 1
            slots[Int(taken[index])].object = 0
        }
        count = index
    }

    /// Adds the innermost object's next name; false if it has an equal one. `isSame` is asked of names whose hashes are equal.
    @inline(__always)
    mutating func insert(_ hash: UInt64, at start: Int, in object: Object, isSame: (Int) -> Bool) -> Bool {
        var slot = place(hash, object.number)
        while slots[slot].object != 0 {
            if slots[slot].hash == hash, slots[slot].object == object.number, isSame(Int(slots[slot].start)) { return false }
            slot = (slot &+ 1) & (capacity &- 1)
        }
        slots[slot] = Slot(hash: hash, start: Int32(truncatingIfNeeded: start), object: object.number)
        taken[count] = Int32(truncatingIfNeeded: slot)
        count &+= 1
        if count &* 2 == capacity { grow() }
        return true
    }

    /// Where the search for a name begins; objects within each other often have the same names.
    @inline(__always)
    private func place(_ hash: UInt64, _ object: Int32) -> Int {
        Int(truncatingIfNeeded: hash &+ UInt64(truncatingIfNeeded: object) &* 0x9E37_79B9_7F4A_7C15) & (capacity &- 1)
    }

    @inline(never)
    private mutating func grow() {
        let (oldSlots, oldTaken) = (slots, taken)
        capacity *= 4
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        taken = .allocate(capacity: capacity / 2)
        for index in 0..<count {
            let old = oldSlots[Int(oldTaken[index])]
            var slot = place(old.hash, old.object)
            while slots[slot].object != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = old
            taken[index] = Int32(slot)
        }
        oldSlots.deallocate()
        oldTaken.deallocate()
    }
}
