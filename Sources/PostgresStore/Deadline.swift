// SPDX-License-Identifier: Apache-2.0

/// A moment by which an answer must be there.
struct Deadline: Sendable {
    private let moment: ContinuousClock.Instant

    init(in duration: Duration) { moment = .now + duration }

    /// Milliseconds that are left, rounded up; 0 once it is over.
    var millisecondsLeft: Int32 {
        let left = ContinuousClock.now.duration(to: moment)
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }

    var isOver: Bool { ContinuousClock.now >= moment }
}
