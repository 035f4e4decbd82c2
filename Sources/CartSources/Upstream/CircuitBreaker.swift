// SPDX-License-Identifier: Apache-2.0

/// Keeps a platform that fails from being asked: it would get no better by it, and who asks would wait in vain.
struct CircuitBreaker {
    /// Failures in a row that open it.
    let threshold: Int
    /// How long it stays open before one request is let through to see.
    let rest: Duration

    typealias Instant = ContinuousClock.Instant

    /// The leave to send one request; it has to be given back with what came of it.
    struct Pass: Equatable {
        /// The state in which it was given: what comes back after that ended says nothing of what is now.
        fileprivate let epoch: Int
    }

    private enum State {
        case closed
        case open(until: Instant)
        case halfOpen(isProbing: Bool)
    }

    private var state = State.closed
    private var epoch = 0
    private var failures = 0
    /// What `failures` was before the last success: the answer may turn out to be unusable.
    private var failuresBefore = 0

    init(threshold: Int, rest: Duration) {
        self.threshold = threshold
        self.rest = rest
    }

    /// 0 closed, 1 half-open, 2 open.
    func level(at now: Instant) -> Int {
        switch state {
        case .closed: 0
        case .halfOpen: 1
        case .open(let end): now < end ? 2 : 1
        }
    }

    /// Whether a request would be refused now.
    func refuses(at now: Instant) -> Bool {
        switch state {
        case .closed: false
        case .open(let end): now < end
        case .halfOpen(let isProbing): isProbing
        }
    }

    /// Nil where nothing may be sent now.
    mutating func admit(at now: Instant) -> Pass? {
        guard !refuses(at: now) else { return nil }
        switch state {
        case .closed: break
        case .open: move(to: .halfOpen(isProbing: true))
        case .halfOpen: state = .halfOpen(isProbing: true)
        }
        return Pass(epoch: epoch)
    }

    /// - Parameter isFailure: nil for a request that says nothing of the platform, as one that was cancelled.
    mutating func giveBack(_ pass: Pass, isFailure: Bool?, at now: Instant) {
        guard pass.epoch == epoch else { return }
        switch (state, isFailure) {
        case (.halfOpen, nil): state = .halfOpen(isProbing: false)
        case (.halfOpen, false?):
            move(to: .closed)
            // One more failure is enough to open it again until an answer was usable.
            failuresBefore = threshold - 1
        case (.halfOpen, true?): move(to: .open(until: now + rest))
        case (.closed, true?): fail(at: now)
        case (.closed, false?):
            failuresBefore = failures
            failures = 0
        case (.closed, nil), (.open, _): break
        }
    }

    /// The last answer that counted as a success can't be used, so it was none.
    mutating func noteUnusable(at now: Instant) {
        guard case .closed = state else { return }
        failures = max(failures, failuresBefore)
        fail(at: now)
    }

    private mutating func fail(at now: Instant) {
        failures += 1
        if failures >= threshold { move(to: .open(until: now + rest)) }
    }

    private mutating func move(to state: State) {
        self.state = state
        epoch += 1
        failures = 0
        failuresBefore = 0
    }
}
