// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import StoreSQL

extension PostgresStore {
    /// Connections for look-ups; with them a node takes two more.
    package static let standardReaders = 8

    /// Whether the database holds no store yet, so that keys may be made for a new one.
    package static func isNew(at address: PostgresAddress, password: String?) async throws(PostgresRefusal) -> Bool {
        try await onThread { () throws(PostgresRefusal) in
            try refusing(address) {
                let connection = try PostgresConnection(address.connection(password: password))
                defer { connection.close() }
                return try PostgresSchema.found(on: connection, until: Deadline(in: .seconds(5))) == nil
            }
        }
    }

    /// Opens the store at an address, or makes one there, and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - known: how far the store had come when this node last saw it; a store that is behind it isn't opened.
    ///   - readers: connections for look-ups.
    ///   - now: for the epoch of a store that is made.
    package static func open(
        at address: PostgresAddress,
        password: String?,
        auditChain: AuditChain,
        webhooks: [Webhook] = [],
        known: StoreGeneration? = nil,
        readers: Int = standardReaders,
        now: Timestamp,
        node: Int64
    ) async throws(PostgresRefusal) -> PostgresStore {
        try await onThread { () throws(PostgresRefusal) in
            let (revision, facts) = try prepared(address, password, auditChain, known, readers, now)
            let history = KnownHistory(revision)
            let connect = { @Sendable () throws(PostgresFault) in
                let connection = try PostgresConnection(address.connection(password: password))
                let deadline = Deadline(in: .seconds(2))
                _ = try connection.prepare(until: deadline)
                try history.admit(connection, until: deadline)
                return connection
            }
            guard let bell = WakePipe() else { throw .failed(address.text, cause: "this process may open no more files") }
            let changes = ChangeFeed()
            let lease = DeliveryLease(node: node)
            let reads = ReadPool(history: history, connect: connect)
            let writes = WriteLoop(
                history: history,
                changes: changes,
                chain: auditChain,
                webhooks: webhooks,
                node: node,
                lease: lease,
                connect: connect
            )
            let watch = RevisionWatch(history: history, changes: changes, bell: bell, connect: connect) {
                reads.reconnect()
                writes.reconnect()
            }
            let rounds = Rounds()
            reads.start(threads: readers)
            writes.start()
            watch.start()
            rounds.start {
                reads.refuseLate()
                writes.refuseLate()
                watch.refuseLate()
                writes.renewLease()
            }
            return PostgresStore(
                facts: facts,
                changes: changes,
                history: history,
                reads: reads,
                writes: writes,
                watch: watch,
                rounds: rounds,
                lease: lease
            )
        }
    }

    /// Checks the database, brings its tables up to date and reads where its history stands.
    static func prepared(
        _ address: PostgresAddress,
        _ password: String?,
        _ chain: AuditChain,
        _ known: StoreGeneration?,
        _ readers: Int,
        _ now: Timestamp,
        as application: String = PostgresAddress.nodes
    ) throws(PostgresRefusal) -> (Revision, PostgresFacts) {
        try refusing(address) {
            let deadline = Deadline(in: .seconds(10))
            let connection = try PostgresConnection(address.connection(password: password, as: application))
            // With it ends the transaction that is left open.
            defer { connection.close() }
            guard connection.serverVersion >= 130_000 else {
                throw PostgresRefusal.tooOld(address.text, version: connection.serverVersion)
            }
            let settings = try connection.prepare(until: deadline)
            try settings.check(address.text)
            let found = try PostgresSchema.found(on: connection, until: deadline)
            if let found, found > PostgresSchema.version {
                throw PostgresRefusal.newer(address.text, found: found, known: PostgresSchema.version)
            }
            // A lost disk, or another database's name: a store that is made here would hide the one that is known.
            if found == nil, known?.sequence ?? 0 > 0 { throw PostgresRefusal.empty(address.text) }
            try PostgresSchema.bringUpToDate(connection, epoch: now.milliseconds)
            // Other nodes may write meanwhile.
            try connection.queue(ReadPool.begin)
            let revision = try connection.revision(until: deadline)
            let last = try chain.lastPlace(in: PostgresSession(connection, until: deadline))
            guard last == revision.head else { throw PostgresRefusal.auditDiffers(address.text) }
            if let lag = try known.flatMap({ try connection.lag(behind: $0, epoch: revision.epoch, until: deadline) }) {
                throw PostgresRefusal.behind(address.text, how: lag)
            }
            let facts = PostgresFacts(
                serverVersion: connection.serverVersion,
                synchronousCommit: settings.synchronousCommit,
                schemaVersion: PostgresSchema.version,
                connections: readers + 2
            )
            return (revision, facts)
        }
    }

    private static func refusing<Answer>(_ address: PostgresAddress, _ work: () throws -> Answer) throws(PostgresRefusal) -> Answer {
        do { return try work() } catch { throw PostgresRefusal(error, at: address) }
    }

    static func onThread<Answer: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        let answer: Result<Answer, Failure> = await withCheckedContinuation { continuation in
            DatabaseThread.start("opening") { continuation.resume(returning: Result { () throws(Failure) in try work() }) }
        }
        return try answer.get()
    }
}
