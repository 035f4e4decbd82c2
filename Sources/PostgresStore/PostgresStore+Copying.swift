// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
package import StoreSQL

/// The whole store for a copy. A copy that breaks off leaves nothing, since the server undoes its transaction.
extension PostgresStore {
    /// Reads everything as it is at one moment, and lets nobody write meanwhile.
    package static func copyOut<Answer: Sendable>(
        of address: PostgresAddress,
        password: String?,
        auditChain: AuditChain,
        now: Timestamp,
        _ work: @escaping @Sendable (any SQLSession) throws(CopyRefusal) -> Answer
    ) async throws(CopyRefusal) -> Answer {
        try await onThread { () throws(CopyRefusal) in
            let connection = try copyConnection(address, password)
            defer { connection.close() }
            let found = try copying(address) { try PostgresSchema.found(on: connection, until: .ofCopy) }
            guard found != nil else { throw .store("\(address.text) holds no store") }
            _ = try copying(address) { try prepared(address, password, auditChain, nil, 0, now, as: copies) }
            return try copying(address) {
                let session = PostgresSession(connection, until: .ofCopy)
                let nodes = """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = '\(PostgresAddress.nodes)' AND pid <> pg_backend_pid()
                    """
                guard try session.integer(SQLStatement(nodes, [])) == 0 else {
                    throw CopyRefusal.store("\(address.text) is used by another node: stop all, or what they still acknowledge is lost")
                }
                try connection.queue("BEGIN ISOLATION LEVEL REPEATABLE READ")
                try connection.queue(Revision.lock)
                _ = try connection.sync(until: .ofCopy)
                return try work(session)
            }
        }
    }

    /// Fills an empty store, which is made where there is none, in one transaction.
    package static func copyIn<Answer: Sendable>(
        to address: PostgresAddress,
        password: String?,
        auditChain: AuditChain,
        now: Timestamp,
        _ work: @escaping @Sendable (any SQLSession) throws(CopyRefusal) -> Answer
    ) async throws(CopyRefusal) -> Answer {
        try await onThread { () throws(CopyRefusal) in
            let connection = try copyConnection(address, password)
            defer { connection.close() }
            let session = PostgresSession(connection, until: .ofCopy)
            let found = try copying(address) { try PostgresSchema.found(on: connection, until: .ofCopy) }
            // Before the tables are brought up to date: a store with rows stays as it is.
            if let found, found <= PostgresSchema.version { try StoreCopy.requireEmpty(session) }
            _ = try copying(address) { try prepared(address, password, auditChain, nil, 0, now, as: copies) }
            let answer = try copying(address) {
                try connection.queue("BEGIN ISOLATION LEVEL READ COMMITTED")
                // Nodes that start now wait, and give up: they can't write the keys that they need.
                try connection.queue(Revision.lock)
                _ = try connection.sync(until: .ofCopy)
                let answer = try work(session)
                guard let head = try auditChain.lastPlace(in: session) else { throw PostgresRefusal.auditDiffers(address.text) }
                let values: [SQLValue] = [.integer(head.sequence), .bytes(head.code.bytes)]
                try connection.queue(SQLStatement("UPDATE revision SET n = n + 1, sequence = ?, code = ?", values))
                try connection.queue("INSERT INTO change (n) SELECT n FROM revision")
                _ = try connection.sync(until: .ofCopy)
                return answer
            }
            try commit(connection, address)
            return answer
        }
    }

    private static func commit(_ connection: PostgresConnection, _ address: PostgresAddress) throws(CopyRefusal) {
        do throws(PostgresFault) {
            guard try connection.commit(until: .ofCopy) else { throw .unexpected("no commit") }
        } catch {
            let cause = StoreError(postgres: error).cause
            throw .store(
                """
                \(address.text) was sent the commit, but it isn't known to be done, \(cause): copy again; \
                where that is refused since the tables have rows, this copy is there, whole
                """
            )
        }
    }

    /// So that a copy isn't taken for a node, by another copy or by a node that looks for what holds it up.
    private static let copies = "cartlink copy"

    private static func copyConnection(_ address: PostgresAddress, _ password: String?) throws(CopyRefusal) -> PostgresConnection {
        try copying(address) {
            let connection = try PostgresConnection(address.connection(password: password, as: copies))
            _ = try connection.prepare(until: Deadline(in: .seconds(10)))
            // The bounds of a node would end a copy; without any, a copy that hangs would keep nodes from writing for good.
            for setting in ["statement_timeout = '10min'", "lock_timeout = '20s'", "idle_in_transaction_session_timeout = '2min'"] {
                try connection.queue(SQLStatement("SET \(setting)", []))
            }
            _ = try connection.sync(until: Deadline(in: .seconds(10)))
            return connection
        }
    }

    private static func copying<Answer>(_ address: PostgresAddress, _ work: () throws -> Answer) throws(CopyRefusal) -> Answer {
        do {
            return try work()
        } catch let refusal as CopyRefusal {
            throw refusal
        } catch {
            throw .store(PostgresRefusal(error, at: address).description)
        }
    }
}

extension Deadline {
    /// The server's own bounds and the connection's end what hangs; a whole copy takes as long as it takes.
    fileprivate static var ofCopy: Deadline { Deadline(in: .seconds(20 * 86_400)) }
}
