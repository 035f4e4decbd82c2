// SPDX-License-Identifier: Apache-2.0

/// The member names of all objects open at one moment, to refuse a name used twice in one object.
///
/// One stack serves the whole document, so a key costs no allocation. Small objects are searched in a row; from
/// `tableThreshold` members on an object gets a hash table on top of the stack of tables. Only the innermost open
/// object grows, so its table is always the topmost.
struct KeyLedger: ~Copyable {
    struct Entry {
        let hash: UInt64
        let key: JSONString
    }

    /// One open object's part of the ledger.
    struct Frame {
        fileprivate let firstEntry: Int
        fileprivate let firstSlot: Int
        fileprivate var mask = 0
        var isFirstMember = true
    }

    private static let tableThreshold = 16

    private var entries: UnsafeMutablePointer<Entry>
    private var entryCount = 0
    private var entryCapacity = 128
    private var slots: [Int32] = []

    init() {
        entries = .allocate(capacity: entryCapacity)
    }

    deinit {
        entries.deallocate()
    }

    @inline(__always)
    func open() -> Frame {
        Frame(firstEntry: entryCount, firstSlot: slots.count)
    }

    @inline(__always)
    mutating func close(_ frame: Frame) {
        entryCount = frame.firstEntry
        if frame.mask != 0 { slots.removeSubrange(frame.firstSlot...) }
    }

    /// Adds a key; false if the frame holds an equal one. `isSame` compares two keys whose hashes are equal.
    @inline(__always)
    mutating func insert(_ entry: Entry, into frame: inout Frame, isSame: (JSONString, JSONString) -> Bool) -> Bool {
        if frame.mask == 0 {
            var index = frame.firstEntry
            while index < entryCount {
                if entries[index].hash == entry.hash, isSame(entries[index].key, entry.key) { return false }
                index += 1
            }
        } else {
            var slot = Int(truncatingIfNeeded: entry.hash) & frame.mask
            while slots[frame.firstSlot + slot] >= 0 {
                let known = entries[Int(slots[frame.firstSlot + slot])]
                if known.hash == entry.hash, isSame(known.key, entry.key) { return false }
                slot = (slot + 1) & frame.mask
            }
            slots[frame.firstSlot + slot] = Int32(entryCount)
        }
        if entryCount == entryCapacity { grow() }
        entries[entryCount] = entry
        entryCount += 1
        let members = entryCount - frame.firstEntry
        if members >= Self.tableThreshold, members * 2 > frame.mask { index(&frame) }
        return true
    }

    private mutating func grow() {
        let wider = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity * 2)
        wider.update(from: entries, count: entryCount)
        entries.deallocate()
        entries = wider
        entryCapacity *= 2
    }

    /// Makes the frame's table four times as large as the number of its keys.
    private mutating func index(_ frame: inout Frame) {
        let size = (entryCount - frame.firstEntry) * 4
        let capacity = 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount)
        slots.removeSubrange(frame.firstSlot...)
        slots.append(contentsOf: repeatElement(-1, count: capacity))
        frame.mask = capacity - 1
        for entry in frame.firstEntry..<entryCount {
            var slot = Int(truncatingIfNeeded: entries[entry].hash) & frame.mask
            while slots[frame.firstSlot + slot] >= 0 { slot = (slot + 1) & frame.mask }
            slots[frame.firstSlot + slot] = Int32(entry)
        }
    }
}
