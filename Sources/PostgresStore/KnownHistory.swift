// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL
import Synchronization

/// What this node has seen of the store's history. The database must go on from there: one that fell behind lost what was acknowledged.
final class KnownHistory: Sendable {
    private let state: Mutex<State>

    private struct State {
        var revision: Revision
        /// What this node wrote itself, which the database has too, and others than the node haven't been told of yet.
        var written: Revision
        /// The database lost something; it takes an operator to go on.
        var loss: StoreError?
        /// The database can't be asked just now.
        var outage: StoreError?
    }

    init(_ revision: Revision) { state = Mutex(State(revision: revision, written: revision)) }

    var revision: Revision { state.withLock { $0.revision } }

    /// What the database has at least, for a read that begins now.
    var floor: Revision {
        state.withLock { state in
            let (written, revision) = (state.written, state.revision)
            return (written.number, written.head.sequence) > (revision.number, revision.head.sequence) ? written : revision
        }
    }

    /// Before a change of this node is acknowledged: a database without it is not to be served from.
    func wrote(_ revision: Revision) {
        state.withLock { if revision.number >= $0.written.number || revision.epoch > $0.written.epoch { $0.written = revision } }
    }

    var generation: StoreGeneration {
        floor.generation
    }

    /// Why nothing is read or written now, if so.
    var refusal: StoreError? { state.withLock { $0.loss ?? $0.outage } }

    var loss: StoreError? { state.withLock { $0.loss } }

    func isOut(_ error: StoreError?) { state.withLock { $0.outage = error } }

    /// What happened since the last look. Once something was lost, only a new epoch goes on.
    ///
    /// - Parameter floor: ``floor`` as it was before the database was asked.
    func advance(to revision: Revision, from floor: Revision) {
        state.withLock { state in
            let step: Revision.Step =
                if case .backwards(let how) = revision.step(from: floor) { .backwards(how) } else { revision.step(from: state.revision) }
            switch step {
            case .backwards(let how): state.loss = Self.lost(how)
            case .nothing, .changes, .everything:
                if state.loss != nil, revision.epoch <= state.revision.epoch { return }
                state.loss = nil
                state.revision = revision
                if revision.epoch > state.written.epoch { state.written = revision }
            }
        }
    }

    /// Looks on a new connection whether the database's history goes on from what is known: behind it there may be another server by now.
    func admit(_ connection: PostgresConnection, until deadline: Deadline) throws(PostgresFault) {
        let known = floor
        let found = try connection.revision(until: deadline)
        var step = found.step(from: known)
        if let lag = try connection.lag(behind: known.generation, epoch: found.epoch, until: deadline) { step = .backwards(lag) }
        if case .backwards(let how) = step {
            state.withLock { $0.loss = Self.lost(how) }
            throw .historyDiffers(how)
        }
    }

    private static func lost(_ how: String) -> StoreError {
        StoreError(.damaged, cause: "the database is behind what this node has seen: \(how); cartlink distrust decides how it goes on")
    }
}

extension PostgresConnection {
    /// In which way the database, of this `epoch`, is behind what was seen of it; nil where its history goes on from there.
    func lag(behind known: StoreGeneration, epoch: Int64, until deadline: Deadline) throws(PostgresFault) -> String? {
        try known.lag(ofEpoch: epoch) { sequence throws(PostgresFault) in
            try queue(SQLStatement("SELECT code FROM audit WHERE sequence = ?", [.integer(sequence)]))
            guard let result = try sync(until: deadline).last, result.count == 1 else { return nil }
            return (try? result.row(0).bytes(at: 0)) ?? nil
        }
    }
}
