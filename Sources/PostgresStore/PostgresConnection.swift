// SPDX-License-Identifier: Apache-2.0

import CPostgres
import Glibc
import StoreSQL

/// One connection to the server, for one thread at a time.
///
/// Statements are prepared once and sent together: what is queued goes out with the next ``sync(until:)``, in one round trip. No wait is
/// longer than its deadline; a connection that missed one is broken, as nobody knows what it would bring next.
final class PostgresConnection {
    private let handle: OpaquePointer
    private var names: [String: String] = [:]
    private var expected: [Expected] = []
    private let warnings = Warnings()
    private var lastName = 0
    private(set) var isBroken = false
    private var isClosed = false

    /// What the results that are still to come belong to.
    private enum Expected {
        case preparation(sql: String, name: String)
        case statement
    }

    /// Statements beyond this many are sent without being kept: a search can be asked in a thousand ways.
    private static let mostPrepared = 256

    /// Connects; blocks for as long as the connection time-out of each host that the address names.
    init(_ parameters: [(name: String, value: String)]) throws(PostgresFault) {
        let names = parameters.map { strdup($0.name) }
        let values = parameters.map { strdup($0.value) }
        defer { for text in names + values { free(text) } }
        let made = (names.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { names in
            (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
                PQconnectdbParams(names.baseAddress, values.baseAddress, 0)
            }
        }
        guard let made else { throw .unconnected("out of memory") }
        handle = made
        guard PQstatus(made) == CONNECTION_OK, PQsetnonblocking(made, 1) == 0, PQenterPipelineMode(made) == 1 else {
            let why = String(cString: PQerrorMessage(made)).split(separator: "\n").first.map(String.init)
            isClosed = true
            PQfinish(made)
            throw .unconnected(why ?? "no reason given")
        }
        PQsetNoticeReceiver(
            made,
            { box, result in
                guard let box, let severity = PQresultErrorField(result, cartlink_diag_severity) else { return }
                if String(cString: severity) == "WARNING" { Unmanaged<Warnings>.fromOpaque(box).takeUnretainedValue().count += 1 }
            },
            Unmanaged.passUnretained(warnings).toOpaque()
        )
    }

    deinit {
        // Of a broken one this only closes the socket; the server isn't asked to cancel anything.
        if !isClosed { PQfinish(handle) }
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        isBroken = true
        PQfinish(handle)
    }

    /// Major and minor, like 150018.
    var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// The socket, to wait for what the server sends of itself.
    var socket: Int32 { PQsocket(handle) }

    /// Reads notifications that have come in; answers whether there were any.
    func takeNotifications() throws(PostgresFault) -> Bool {
        guard PQconsumeInput(handle) == 1 else { throw broken(.lost) }
        var found = false
        while let notification = PQnotifies(handle) {
            found = true
            PQfreemem(notification)
        }
        return found
    }

    /// Puts a statement behind those that wait to be sent.
    func queue(_ statement: SQLStatement) throws(PostgresFault) {
        guard !isBroken else { throw .lost }
        let parameters = Parameters(statement.values)
        let name: String
        if let known = names[statement.sql] {
            name = known
        } else if names.count < Self.mostPrepared {
            lastName += 1
            name = "s\(lastName)"
            guard parameters.prepare(statement.sql, as: name, on: handle) else { throw broken(.lost) }
            // Later statements of this round may use it already.
            names[statement.sql] = name
            expected.append(.preparation(sql: statement.sql, name: name))
        } else {
            guard parameters.send(statement.sql, on: handle) else { throw broken(.lost) }
            return expected.append(.statement)
        }
        guard parameters.execute(name, on: handle) else { throw broken(.lost) }
        expected.append(.statement)
    }

    /// Sends what is queued, and answers the results of all of it; throws the first error that the server found, after which it did nothing
    /// of what was queued behind.
    func sync(until deadline: Deadline) throws(PostgresFault) -> [PostgresResult] {
        guard !isBroken else { throw .lost }
        guard PQpipelineSync(handle) == 1 else { throw broken(.lost) }
        var results: [PostgresResult] = []
        results.reserveCapacity(expected.count)
        var failure: PostgresFault?
        var waiting = expected[...]
        expected = []
        while true {
            try wait(until: deadline)
            guard let found = PQgetResult(handle) else {
                // Stands between the results of two statements.
                guard PQstatus(handle) == CONNECTION_OK else { throw broken(failure ?? .lost) }
                continue
            }
            let result = PostgresResult(found)
            switch PQresultStatus(found) {
            case PGRES_PIPELINE_SYNC:
                if let failure { throw failure }
                return results
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                if case .statement? = waiting.popFirst() { results.append(result) }
            case PGRES_PIPELINE_ABORTED:
                forget(waiting.popFirst())
            default:
                forget(waiting.popFirst())
                failure = failure ?? result.state.map { .refused(state: $0) } ?? .lost
                if PQstatus(handle) != CONNECTION_OK { throw broken(failure ?? .lost) }
            }
        }
    }

    /// Commits; false where the server undid the transaction, since something in it had failed.
    ///
    /// A warning tells that the wait for a standby was cut short: the change is here and may be nowhere else, so it counts as open.
    func commit(until deadline: Deadline) throws(PostgresFault) -> Bool {
        warnings.count = 0
        try queue("COMMIT")
        let isCommit = try sync(until: deadline).last?.isCommit
        guard warnings.count == 0 else { throw .unexpected("a warning about the commit") }
        return isCommit == true
    }

    /// A statement that wasn't prepared in the end is prepared anew, under another name, when it comes again.
    private func forget(_ expected: Expected?) {
        guard case .preparation(let sql, _)? = expected else { return }
        names[sql] = nil
    }

    /// Waits until the next result can be taken without blocking.
    private func wait(until deadline: Deadline) throws(PostgresFault) {
        while true {
            let unsent = PQflush(handle)
            guard unsent >= 0 else { throw broken(.lost) }
            if unsent == 0, PQisBusy(handle) == 0 { return }
            let left = deadline.millisecondsLeft
            guard left > 0 else { throw broken(.late) }
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN | (unsent == 1 ? POLLOUT : 0)), revents: 0)
            let found = poll(&descriptor, 1, left)
            if found == 0 || (found < 0 && errno == EINTR) { continue }
            guard found > 0, PQconsumeInput(handle) == 1 else { throw broken(.lost) }
        }
    }

    private func broken(_ fault: PostgresFault) -> PostgresFault {
        isBroken = true
        return fault
    }
}

/// Counts warnings while libpq reads; used by the connection's thread alone.
private final class Warnings {
    var count = 0
}

extension PostgresConnection? {
    /// The connection that is there, or a new one that then is.
    mutating func orMade(by connect: () throws(PostgresFault) -> PostgresConnection) throws(PostgresFault) -> PostgresConnection {
        if let connection = self { return connection }
        let made = try connect()
        self = made
        return made
    }
}
