// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import CartlinkServer

struct RecentlyUsedTests {
    @Test func whatIsHeldIsFound() {
        var held = RecentlyUsed<Int, String>(limit: 1_000)
        held.put("one", bytes: 10, for: 1)
        #expect(held.value(for: 1) == "one" && held.value(for: 2) == nil)
        held.put("uno", bytes: 20, for: 1)
        #expect(held.value(for: 1) == "uno" && held.bytes == 20 && held.count == 1)
        held.remove(1)
        #expect(held.value(for: 1) == nil && held.bytes == 0)
    }

    @Test func whatIsUsedStaysWhenRoomIsMade() {
        var held = RecentlyUsed<Int, Int>(limit: 1_000)
        for key in 0..<10 { held.put(key, bytes: 100, for: key) }
        for newcomer in 10..<200 {
            #expect(held.value(for: 3) == 3, "\(newcomer)")
            held.put(newcomer, bytes: 100, for: newcomer)
        }
        #expect(held.count == 10)
    }

    @Test func whatWouldTakeAQuarterIsNotHeldAndWhatItReplacesGoes() {
        var held = RecentlyUsed<Int, Int>(limit: 1_000)
        held.put(1, bytes: 250, for: 1)
        #expect(held.value(for: 1) == 1)
        held.put(2, bytes: 251, for: 1)
        #expect(held.value(for: 1) == nil && held.bytes == 0)
    }

    /// Against a plain dictionary: never another value, never above the limit, never a sum that doesn't add up.
    @Test(arguments: 0..<20)
    func seededHistoriesKeepTheLimit(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var held = RecentlyUsed<Int, Int>(limit: 2_000)
        var model: [Int: (value: Int, bytes: Int)] = [:]
        for step in 0..<5_000 {
            let key = Int.random(in: 0..<60, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                held.remove(key)
                model[key] = nil
            case 1...4:
                let bytes = Int.random(in: 1...600, using: &random)
                held.put(step, bytes: bytes, for: key)
                model[key] = (step, bytes)
            default:
                let value = held.value(for: key)
                #expect(value == nil || value == model[key]?.value)
            }
            #expect(held.bytes <= 2_000)
        }
        let left = (0..<60).filter { held.value(for: $0) != nil }
        #expect(left.count == held.count && left.reduce(0) { $0 + model[$1]!.bytes } == held.bytes)
    }
}
