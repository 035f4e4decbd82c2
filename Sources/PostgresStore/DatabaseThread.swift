// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A thread that may block: calls of libpq never wait on the threads that Swift's tasks share.
enum DatabaseThread {
    static func start(_ name: String, _ work: @escaping @Sendable () -> Void) {
        let thread = Thread(block: work)
        thread.name = "cartlink.\(name)"
        thread.start()
    }
}
