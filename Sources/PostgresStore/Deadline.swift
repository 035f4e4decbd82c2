// SPDX-License-Identifier: Apache-2.0

/// A moment by which an answer must be there.
struct Deadline: Sendable {
    private var moment: ContinuousClock.Instant

    init(in duration: Duration) { moment = .now + duration }

    /// Milliseconds that are left, rounded up; 0 once it is over.
    var millisecondsLeft: Int32 {
        let left = ContinuousClock.now.duration(to: moment)
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }

    /// This one, or that much from now, whichever comes first.
    func within(_ duration: Duration) -> Deadline {
        var sooner = self
        sooner.moment = min(moment, .now + duration)
        return sooner
    }

    var isOver: Bool { ContinuousClock.now >= moment }
}
