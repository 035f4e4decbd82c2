// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// So many in one minute of the clock and no more: a flood must not become one of log lines.
final class MinuteQuota: Sendable {
    private let perMinute: Int
    private let used = Mutex((minute: Int64.min, count: 0))

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    func take(at now: Timestamp) -> Bool {
        let minute = now.seconds / 60
        return used.withLock { used in
            if used.minute != minute { used = (minute, 0) }
            guard used.count < perMinute else { return false }
            used.count += 1
            return true
        }
    }
}
