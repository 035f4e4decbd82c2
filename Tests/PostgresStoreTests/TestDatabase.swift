// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks
import StoreContract
import StoreSQL
import Testing

@testable import PostgresStore

/// A database of a test's own on the server that `make test` starts, dropped when the test is done.
struct TestDatabase: Sendable {
    let address: PostgresAddress
    let password: String?
    let url: String

    /// A URL of a role that may make databases; its password is in the file that the other variable names.
    private static var server: (url: String, password: String?)? {
        guard let url = ProcessInfo.processInfo.environment["CARTLINK_TEST_POSTGRES"] else { return nil }
        let file = ProcessInfo.processInfo.environment["CARTLINK_TEST_POSTGRES_PASSWORD_FILE"]
        let password = file.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
        return (url, password?.trimmingCharacters(in: .newlines))
    }

    /// `make test` and CI always have one.
    static var isThere: Bool { server != nil || ProcessInfo.processInfo.environment["CI"] != nil }

    /// A few databases serve all tests, each one test at a time: to make one takes longer than most tests.
    private static let pool = DatabasePool()

    static func use<Answer>(_ work: (TestDatabase) async throws -> Answer) async throws -> Answer {
        let server = try #require(server, "CARTLINK_TEST_POSTGRES names no server; make test starts one")
        let name = try await pool.take { name in
            try run(server, ["DROP DATABASE IF EXISTS \(name) WITH (FORCE)", "CREATE DATABASE \(name)"])
        }
        var url = try #require(URLComponents(string: server.url))
        url.path = "/\(name)"
        let text = try #require(url.string)
        let database = TestDatabase(address: try PostgresAddress(text), password: server.password, url: text)
        let answer: Result<Answer, any Error>
        do { answer = .success(try await work(database)) } catch { answer = .failure(error) }
        await pool.giveBack(name, isClean: (try? database.clear()) != nil)
        return try answer.get()
    }

    /// Makes the store in it as it was when it was new; where there is none, nothing is to be done.
    private func clear() throws {
        let tables = try run("SELECT tablename::text FROM pg_tables WHERE schemaname = 'cartlink'")
        let names = try (0..<(tables?.count ?? 0)).compactMap { try tables?.row($0).text(at: 0) }
        for name in names where !["version", "counter", "revision"].contains(name) { try run(SQLStatement("DELETE FROM \(name)", [])) }
        guard !names.isEmpty else { return }
        try run("UPDATE counter SET version = 0")
        try run(
            """
            UPDATE revision SET epoch = \(TestShop.start.milliseconds), n = 0, sequence = 0, code = decode(repeat('00', 32), 'hex')
            """
        )
    }

    private static func run(_ server: (url: String, password: String?), _ statements: [String]) throws {
        let connection = try PostgresConnection(PostgresAddress(server.url).connection(password: server.password))
        defer { connection.close() }
        for statement in statements {
            try connection.queue(SQLStatement(statement, []))
            _ = try connection.sync(until: Deadline(in: .seconds(30)))
        }
    }

    /// A connection with nothing set.
    func connection() throws -> PostgresConnection {
        try PostgresConnection(address.connection(password: password))
    }

    /// Runs a statement beside the store.
    @discardableResult
    func run(_ statement: SQLStatement) throws -> PostgresResult? {
        let connection = try connection()
        defer { connection.close() }
        try connection.queue("SET search_path = cartlink")
        try connection.queue(statement)
        return try connection.sync(until: Deadline(in: .seconds(10))).last
    }

    func open(webhooks: [Webhook] = StoreRule.webhooks, known: StoreGeneration? = nil, node: Int64 = 1) async throws -> PostgresStore {
        try await PostgresStore.open(
            at: address,
            password: password,
            auditChain: StoreRule.auditChain,
            webhooks: webhooks,
            known: known,
            readers: 3,
            now: TestShop.start,
            node: node
        )
    }

    /// Opens a store, and closes it whatever happens.
    func opened<Answer>(node: Int64 = 1, _ work: (PostgresStore) async throws -> Answer) async throws -> Answer {
        let store = try await open(node: node)
        let answer: Result<Answer, any Error>
        do { answer = .success(try await work(store)) } catch { answer = .failure(error) }
        try await store.close()
        return try answer.get()
    }
}

/// Names of databases that are free, made when they are first needed.
private actor DatabasePool {
    private static let most = 6
    private var made = 0
    private var free: [String] = []
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func take(_ make: (String) throws -> Void) async throws -> String {
        while true {
            if let name = free.popLast() { return name }
            if made < Self.most {
                made += 1
                let name = "cartlink_test_\(made)"
                try make(name)
                return name
            }
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    /// One that a test left in disorder is made anew.
    func giveBack(_ name: String, isClean: Bool) {
        if isClean { free.append(name) } else { made -= 1 }
        if !waiters.isEmpty { waiters.removeFirst().resume() }
    }
}
