// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The processor time a piece of work takes: unlike the clock on the wall it doesn't count what other processes take.
enum CPUTime {
    /// A debug build is some twenty times slower: its times are divided, so that a bound fails there too if it is missed by far.
    static func seconds(of work: () -> Void) -> Double {
        let start = now()
        work()
        #if DEBUG
            return (now() - start) / 20
        #else
            return now() - start
        #endif
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
