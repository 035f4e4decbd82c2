// SPDX-License-Identifier: Apache-2.0

#if DEBUG
    import Foundation
    import Synchronization

    /// A fault that the staleness test has to notice, in debug builds alone: a check is taken to hold for as many milliseconds as
    /// `CARTLINK_CHECK_HOLDS` says.
    final class CheckWeakness: Sendable {
        private let length: Duration
        private let until = Mutex(ContinuousClock.now)

        init() {
            let text = ProcessInfo.processInfo.environment["CARTLINK_CHECK_HOLDS"]
            length = .milliseconds(text.flatMap(Int.init) ?? 0)
        }

        var holds: Bool { length > .zero && until.withLock { ContinuousClock.now < $0 } }

        func looked() { until.withLock { $0 = .now + length } }
    }
#endif
