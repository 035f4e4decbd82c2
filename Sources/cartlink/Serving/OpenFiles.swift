// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The system's limit on open files, of which every connection is one.
enum OpenFiles {
    /// Raises the limit as far as connections need it and the system lets us; says so where that isn't far enough.
    static func raiseLimit(for connections: Int) -> [String] {
        let needed = rlim_t(connections + 512)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < needed else { return [] }
        limit.rlim_cur = min(needed, limit.rlim_max)
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur >= needed else {
            return ["\(connections) connections need \(needed) open files; the system allows \(limit.rlim_max). Raise ulimit -n"]
        }
        return []
    }
}
