// SPDX-License-Identifier: Apache-2.0

import Dispatch
import ShareLinks
import StoreSQL

/// What becomes of a group whose turn it is.
extension WriteLoop {
    private enum Outcome {
        case answered
        /// Nothing was done.
        case refused(PostgresFault)
        /// Nothing was done, and the connection is gone.
        case cutOff
    }

    /// Makes the changes together or, where the database refuses one of them, each alone.
    func write(_ group: [PendingWrite], through connection: inout PostgresConnection?) {
        let deadline = Deadline(in: group.first?.purpose == .takingManyAway ? Self.bulkPatience : Self.patience)
        let renewed = isLeaseDue ? lease : nil
        renewed?.tryLater()
        switch attempt(group, isTold: true, renewing: renewed, until: deadline, through: &connection) {
        case .answered: break
        case .cutOff: putBack(group)
        case .refused(let fault) where group.count > 1 && fault.isOfOneChange: writeEach(of: group, through: &connection)
        case .refused(let fault) where group.count == 1: refuse(group[0], fault, until: deadline, through: &connection)
        case .refused(let fault):
            for write in group { write.refuse(ShareError(postgres: fault)) }
            if fault.passes { refuseAll(fault) }
        }
    }

    /// One after another, in the time of a group; where it is the database that fails, the others aren't tried.
    private func writeEach(of group: [PendingWrite], through connection: inout PostgresConnection?) {
        let deadline = Deadline(in: Self.patience)
        var left = group[...]
        while let write = left.popFirst() {
            switch attempt([write], isTold: true, renewing: nil, until: deadline, through: &connection) {
            case .answered: break
            case .cutOff: return putBack([write] + left)
            case .refused(let fault) where fault.isOfOneChange: refuse(write, fault, until: deadline, through: &connection)
            case .refused(let fault):
                for write in [write] + left { write.refuse(ShareError(postgres: fault)) }
                return
            }
        }
    }

    /// Refuses a change that was tried alone, unless it is one that a full disk stops for its messages to webhooks: these must not be what
    /// stops a revocation.
    private func refuse(
        _ write: PendingWrite,
        _ fault: PostgresFault,
        until deadline: Deadline,
        through connection: inout PostgresConnection?
    ) {
        var fault = fault
        if fault == .refused(state: "53100"), write.purpose.takesAway, !webhooks.isEmpty {
            switch attempt([write], isTold: false, renewing: nil, until: deadline, through: &connection) {
            case .answered: return
            case .cutOff: return putBack([write])
            case .refused(let another): fault = another
            }
        }
        write.refuse(ShareError(postgres: fault))
        if fault.passes { refuseAll(fault) }
    }

    /// Answers the group's changes; or none of them, and says why not.
    private func attempt(
        _ group: [PendingWrite],
        isTold: Bool,
        renewing lease: DeliveryLease?,
        until deadline: Deadline,
        through connection: inout PostgresConnection?
    ) -> Outcome {
        var fault = PostgresFault.late
        for _ in 0..<3 where !deadline.isOver {
            guard let used = connection else { return .cutOff }
            let mark = nextMark()
            let commit = GroupCommit(
                connection: used,
                chain: chain,
                webhooks: isTold ? webhooks : [],
                history: history,
                mark: mark,
                lease: lease,
                deadline: deadline
            )
            let outcome = commit.run(group)
            if used.isBroken { connection = nil }
            switch outcome {
            case .done(let made):
                answer(made, group, isTold: isTold)
                return .answered
            case .undone(let failure):
                guard failure.passes else { return .refused(failure) }
                if failure == .isReadOnly { connection = nil }
                if failure == .refused(state: "55P03") { try? connection?.endStalledWrites(until: deadline) }
                fault = failure
            case .open(let made, let failure):
                guard let isCommitted = isCommitted(mark, until: deadline.within(Self.patience), through: &connection) else {
                    let error = StoreError(.undecided, cause: StoreError(postgres: failure).cause)
                    for write in group { write.refuse(.storeUnavailable(error)) }
                    return .answered
                }
                if isCommitted {
                    answer(made, group, isTold: isTold)
                    return .answered
                }
                fault = failure
            }
        }
        return .refused(fault)
    }

    /// Nil where it can't be found out in time.
    private func isCommitted(_ mark: CommitMark, until deadline: Deadline, through connection: inout PostgresConnection?) -> Bool? {
        connection?.close()
        connection = nil
        while !deadline.isOver {
            do throws(PostgresFault) {
                let used = try connect()
                let isCommitted = try mark.isCommitted(on: used, until: deadline)
                connection = used
                return isCommitted
            } catch {
                guard error.passes else { return nil }
                _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(50))
            }
        }
        return nil
    }

    private func answer(_ made: GroupCommit.Made, _ group: [PendingWrite], isTold: Bool) {
        history.wrote(made.revision)
        if let renewal = made.renewal { lease.note(renewal) }
        putBack(group.dropFirst(made.replies.count))
        // What this process holds must be known to be old before anyone has his answer.
        changes.publish(isTold ? made.touched : made.touched.union([.untold]))
        for reply in made.replies { reply() }
    }
}
