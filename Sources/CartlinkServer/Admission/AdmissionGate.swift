// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Why a request didn't get through a gate.
enum AdmissionRefusal: String, CaseIterable {
    /// It waited as long as it is worth waiting.
    case patienceOver = "patience"
    /// It was the oldest of too many: whoever came later has the better chance to be of use.
    case lineTooLong = "line"
}

/// Lets so many requests run at once; what comes beyond waits without costing anything, for a short time.
///
/// A place that becomes free goes from hand to hand, so none is lost and nobody overtakes those who wait.
final class AdmissionGate: Sendable {
    /// How many may be where, and how long.
    struct Limits: Sendable {
        var places: Int
        var mostParked: Int
        var patience = TimeAmount.milliseconds(250)
        /// Refusals between two alarms. To refuse costs a part of what an answer costs, so a flood of refusals would eat the answers.
        var refusalsAtOnce = 20
    }

    /// Told once to somebody who waits: nil where he has a place now.
    typealias Turn = @Sendable (AdmissionRefusal?) -> Void
    /// Runs something once after some time.
    typealias Alarm = @Sendable (TimeAmount, @escaping @Sendable () -> Void) -> Void

    enum Entry: Equatable {
        case admitted
        case parked(ticket: Int)
    }

    private struct State {
        var running = 0
        var lastTicket = 0
        var parked = ParkedLine<Turn>()
        /// One alarm at a time looks for those whose patience is over.
        var isAlarmSet = false
    }

    /// Alarms come no closer together.
    static let shortestAlarm = TimeAmount.milliseconds(10)

    private let state = Mutex(State())
    private let limits: Limits
    private let now: @Sendable () -> NIODeadline
    private let alarm: Alarm

    init(_ limits: Limits, now: @escaping @Sendable () -> NIODeadline = { .now() }, alarm: @escaping Alarm) {
        self.limits = limits
        self.now = now
        self.alarm = alarm
    }

    var load: (running: Int, parked: Int) { state.withLock { ($0.running, $0.parked.count) } }

    /// Takes a place, to be given back by ``leave()``, or waits for one.
    ///
    /// - Parameter turn: called where one waits, on any thread and outside of all locks; never after ``giveUp(_:)`` said true.
    func enter(_ turn: () -> Turn) -> Entry {
        let (entry, pushedOut, setsAlarm) = state.withLock { state -> (Entry, Turn?, Bool) in
            guard state.running >= limits.places else {
                state.running += 1
                return (.admitted, nil, false)
            }
            let pushedOut = state.parked.count >= limits.mostParked ? state.parked.takeOldest() : nil
            state.lastTicket += 1
            state.parked.join(turn(), ticket: state.lastTicket, at: now())
            defer { state.isAlarmSet = true }
            return (.parked(ticket: state.lastTicket), pushedOut, !state.isAlarmSet)
        }
        pushedOut?(.lineTooLong)
        if setsAlarm { alarm(limits.patience) { [weak self] in self?.refuseImpatient() } }
        return entry
    }

    /// Gives a place to the next who waits.
    func leave() {
        let next: Turn? = state.withLock { state in
            guard let next = state.parked.next() else {
                state.running -= 1
                return nil
            }
            return next
        }
        next?(nil)
    }

    /// Waits no longer; false where the turn has come meanwhile, so that it is told all the same.
    func giveUp(_ ticket: Int) -> Bool {
        state.withLock { $0.parked.take(ticket: ticket) != nil }
    }

    /// Refuses some of those who waited too long, and comes again for the next.
    private func refuseImpatient() {
        let now = now()
        let (refused, wait) = state.withLock { state -> ([Turn], TimeAmount?) in
            let refused = state.parked.takeOldest(limits.refusalsAtOnce, upTo: now - limits.patience)
            let wait = state.parked.oldest.map { max(Self.shortestAlarm, $0 + limits.patience - now) }
            state.isAlarmSet = wait != nil
            return (refused, wait)
        }
        for turn in refused { turn(.patienceOver) }
        if let wait { alarm(wait) { [weak self] in self?.refuseImpatient() } }
    }
}
