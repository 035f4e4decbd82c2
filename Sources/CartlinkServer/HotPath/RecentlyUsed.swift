// SPDX-License-Identifier: Apache-2.0

/// Values by key within a limit of bytes: what wasn't used since the hand last came by makes room for what is new ("second chance").
///
/// Looking up, putting in and making room take the same time however much is held.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot {
        let key: Key
        var value: Value
        var bytes: Int
        var wasUsed: Bool
    }

    private var places: [Key: Int] = [:]
    private var slots: [Slot?] = []
    private var free: [Int] = []
    private var hand = 0
    private let limit: Int
    private(set) var bytes = 0

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { places.count }

    mutating func value(for key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        slots[place]?.wasUsed = true
        return slots[place]?.value
    }

    /// Puts a value in the place of what the key had; one that would take a quarter of all room isn't held.
    mutating func put(_ value: Value, bytes size: Int, for key: Key) {
        remove(key)
        guard size <= limit / 4 else { return }
        while bytes + size > limit { makeRoom() }
        let slot = Slot(key: key, value: value, bytes: size, wasUsed: false)
        if let place = free.popLast() {
            slots[place] = slot
            places[key] = place
        } else {
            places[key] = slots.count
            slots.append(slot)
        }
        bytes += size
    }

    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key), let slot = slots[place] else { return }
        bytes -= slot.bytes
        slots[place] = nil
        free.append(place)
    }

    /// Moves the hand on to the first value that wasn't used since it came by last. Each use is forgiven once, so this ends.
    private mutating func makeRoom() {
        while true {
            hand = hand + 1 < slots.count ? hand + 1 : 0
            guard let slot = slots[hand] else { continue }
            guard slot.wasUsed else { return remove(slot.key) }
            slots[hand]?.wasUsed = false
        }
    }
}
