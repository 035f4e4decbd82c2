// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// What operators read when changes found no room in the outbox: the first of them and then each doubling.
final class LossLog: Sendable {
    private let logger: Logger
    private let losses = Atomic<Int>(0)

    init(logger: Logger) { self.logger = logger }

    func lost() {
        let count = losses.wrappingAdd(1, ordering: .relaxed).newValue
        guard count.isPowerOfTwo else { return }
        logger.error(
            "a change was made that webhooks may not hear of: the disk is full, or too many messages wait",
            metadata: ["times": "\(count)"]
        )
    }
}
