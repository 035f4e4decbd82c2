// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// Counts what addresses do, in this minute of the clock and in the one before; the table stays small whatever comes.
final class MinuteCounts: Sendable {
    private let window = Mutex(Window(minute: 0))

    fileprivate struct Window {
        let minute: Int64
        var byAddress: [IPAddress: Int] = [:]
        var before: [IPAddress: Int] = [:]
        var inAll = 0
    }

    /// More addresses than this in one minute share one count.
    static let mostAddresses = 20_000

    /// Counts one more; answers how many it makes in this minute, with those of the minute before, and of all addresses in this minute.
    func add(_ address: IPAddress, at now: Timestamp) -> (inMinute: Int, recent: Int, inAll: Int) {
        let minute = now.seconds / 60
        return window.withLock { window in
            if window.minute != minute {
                window = Window(minute: minute, before: window.minute == minute - 1 ? window.byAddress : [:])
            }
            let name = window.name(of: address)
            let count = (window.byAddress[name] ?? 0) + 1
            window.byAddress[name] = count
            window.inAll += 1
            return (count, count + (window.before[name] ?? 0), window.inAll)
        }
    }

    /// What was counted in this minute, for the address and for all.
    func counted(_ address: IPAddress, at now: Timestamp) -> (inMinute: Int, inAll: Int) {
        let minute = now.seconds / 60
        return window.withLock { window in
            guard window.minute == minute else { return (0, 0) }
            return (window.byAddress[window.name(of: address)] ?? 0, window.inAll)
        }
    }
}

extension MinuteCounts.Window {
    /// Under what an address is counted.
    fileprivate func name(of address: IPAddress) -> IPAddress {
        byAddress.count >= MinuteCounts.mostAddresses && byAddress[address] == nil ? .unknown : address
    }
}
