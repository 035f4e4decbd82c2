// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// Counts what addresses do, in this minute of the clock and in the one before; the table stays small whatever comes.
final class MinuteCounts: Sendable {
    private let window = Mutex(Window(minute: 0))

    private struct Window {
        let minute: Int64
        var byAddress: [String: Int] = [:]
        var before: [String: Int] = [:]
    }

    /// More addresses than this in one minute share one count.
    private static let mostAddresses = 20_000

    /// Counts one more; answers how many it makes in this minute, and with those of the minute before.
    func add(_ address: String, at now: Timestamp) -> (inMinute: Int, recent: Int) {
        let minute = now.seconds / 60
        return window.withLock { window in
            if window.minute != minute {
                window = Window(minute: minute, before: window.minute == minute - 1 ? window.byAddress : [:])
            }
            let isFull = window.byAddress.count >= Self.mostAddresses && window.byAddress[address] == nil
            let name = isFull ? "other" : address
            let count = (window.byAddress[name] ?? 0) + 1
            window.byAddress[name] = count
            return (count, count + (window.before[name] ?? 0))
        }
    }
}
