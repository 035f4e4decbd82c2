// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// When a message is tried again, and when it is given up: 21 attempts over about nine hours.
enum BackOff {
    static let attempts = 21
    static let longest: Int64 = 3_600_000

    /// Milliseconds until the next attempt: one second, doubled by each failure up to an hour, and up to a tenth more by chance.
    ///
    /// - Parameters:
    ///   - failures: how many attempts have failed, at least one.
    ///   - chance: from 0 to 1.
    ///   - retryAfter: the seconds that the receiver asked for; counted up to the longest wait.
    static func wait(after failures: Int, chance: Double, retryAfter: Int64? = nil) -> Int64 {
        let doubled = failures > 12 ? longest : min(longest, 1000 << Int64(failures - 1))
        let asked = min(max(0, retryAfter ?? 0), longest / 1000) * 1000
        let wait = max(doubled, asked)
        return wait + Int64(Double(wait) / 10 * chance)
    }
}
