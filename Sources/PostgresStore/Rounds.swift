// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Does several times a second what nobody asks for: refuses those who have waited too long, and keeps the store's own affairs.
final class Rounds: Sendable {
    private let isClosed = Atomic(false)

    func start(_ round: @escaping @Sendable () -> Void) {
        DatabaseThread.start("rounds") { [self] in
            while !isClosed.load(ordering: .relaxed) {
                round()
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }

    func close() { isClosed.store(true, ordering: .relaxed) }
}
