// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL
import Synchronization
import Testing

/// A group on a session that only writes down what it is told, and fails where a test wants it.
@Suite struct WriteGroupTests {
    @Test func aChangeThatRefusesIsUndoneAlone() throws {
        let answers = Answers()
        let session = ScriptedSession()
        let writes = [answers.write { _ throws(ShareError) in }, answers.write { _ throws(ShareError) in throw .linkGone }]
        for reply in try WriteGroup(writes, in: transaction(on: session), hasRoom: true).replies() { reply() }
        #expect(answers.all == [nil, .linkGone])
        #expect(session.texts == ["SAVEPOINT change", "RELEASE change", "SAVEPOINT change", "ROLLBACK TO change", "RELEASE change"])
    }

    /// Also where the change itself took the error for an answer: nothing of the transaction is there any more.
    @Test(arguments: [true, false])
    func anErrorThatEndsTheTransactionEndsTheGroup(isPassedOn: Bool) throws {
        let answers = Answers()
        let session = ScriptedSession(failing: "DELETE")
        let write = answers.write { store throws(ShareError) in
            do throws(ShareError) { try store.forgetIssues(before: Timestamp(milliseconds: 0)) } catch { if isPassedOn { throw error } }
        }
        #expect(throws: ScriptedSession.Failure.self) { try WriteGroup([write], in: transaction(on: session), hasRoom: true).replies() }
        #expect(answers.all.isEmpty)
    }

    @Test func withoutRoomOnlyWhatTakesAwayIsMade() throws {
        let answers = Answers()
        let session = ScriptedSession()
        let writes = [answers.write { _ throws(ShareError) in }, answers.write(.takingAway) { _ throws(ShareError) in }]
        for reply in try WriteGroup(writes, in: transaction(on: session), hasRoom: false).replies() { reply() }
        #expect(answers.all == [.storeUnavailable(StoreError(.full, cause: "")), nil])
        #expect(session.texts == ["SAVEPOINT change", "RELEASE change"])
    }

    private func transaction(on session: ScriptedSession) throws -> SQLTransaction {
        let chain = try #require(AuditChain(key: [UInt8](repeating: 7, count: 32)))
        return SQLTransaction(session: session, chain: chain, lastAudit: .start, webhooks: [])
    }
}

/// What was answered, nil for a change that was made.
private final class Answers: Sendable {
    private let answers = Mutex<[ShareError?]>([])
    var all: [ShareError?] { answers.withLock { $0 } }

    func write(
        _ purpose: WritePurpose = .ordinary,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Void
    ) -> PendingWrite {
        PendingWrite(purpose, change) { result in
            self.answers.withLock {
                if case .failure(let error) = result { $0.append(error) } else { $0.append(nil) }
            }
        }
    }
}

private final class ScriptedSession: SQLSession {
    struct Failure: Error {}

    private(set) var texts: [String] = []
    private let failing: String?

    init(failing: String? = nil) { self.failing = failing }

    var dialect: SQLDialect { .postgres }

    func rows<Value>(_ statement: SQLStatement, _ make: (any SQLRow) throws -> Value) throws -> [Value] {
        try execute(statement)
        return []
    }

    func change(_ statement: SQLStatement) throws -> Int {
        try execute(statement)
        return 0
    }

    func execute(_ statement: SQLStatement) throws {
        if let failing, statement.sql.hasPrefix(failing) { throw Failure() }
        texts.append(statement.sql)
    }

    func shareError(_ error: any Error) -> ShareError { .storeUnavailable(StoreError(.unreachable, cause: "\(error)")) }

    func isFatal(_ error: any Error) -> Bool { error is Failure }
}
