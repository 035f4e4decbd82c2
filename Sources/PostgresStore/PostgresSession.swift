// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL

/// One open transaction on one connection: what needs no answer is sent together with what does.
final class PostgresSession: SQLSession {
    let connection: PostgresConnection
    let deadline: Deadline
    let dialect = SQLDialect.postgres
    /// What the database failed with first.
    private(set) var failure: PostgresFault?

    init(_ connection: PostgresConnection, until deadline: Deadline) {
        self.connection = connection
        self.deadline = deadline
    }

    func rows<Value>(_ statement: SQLStatement, _ make: (any SQLRow) throws -> Value) throws -> [Value] {
        let result = try answer(to: statement)
        return try (0..<result.count).map { try make(result.row($0)) }
    }

    func change(_ statement: SQLStatement) throws -> Int {
        try answer(to: statement).changes
    }

    func execute(_ statement: SQLStatement) throws {
        try noting { () throws(PostgresFault) in try connection.queue(statement) }
    }

    private func answer(to statement: SQLStatement) throws(PostgresFault) -> PostgresResult {
        try noting { () throws(PostgresFault) in
            try connection.queue(statement)
            guard let result = try connection.sync(until: deadline).last else { throw .unexpected("no result") }
            return result
        }
    }

    private func noting<Answer>(_ work: () throws(PostgresFault) -> Answer) throws(PostgresFault) -> Answer {
        do { return try work() } catch {
            failure = failure ?? error
            throw error
        }
    }

    func shareError(_ error: any Error) -> ShareError { ShareError(postgres: error) }

    /// What was sent together can't be told apart, so no single change is undone: the writer makes each of them again alone.
    func isFatal(_ error: any Error) -> Bool { error is PostgresFault }
}
