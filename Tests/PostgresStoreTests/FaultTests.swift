// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreContract
import StoreSQL
import Testing

@testable import PostgresStore

@Suite(.enabled(if: TestDatabase.isThere)) struct FaultTests {
    private func onOneNode(_ work: @escaping @Sendable (TestShop, TestDatabase) async throws -> Void) async throws {
        try await TestDatabase.use { database in
            try await database.opened { store in try await work(TestShop(store: store), database) }
        }
    }

    @Test func connectionsThatWereCutAreMadeAnewUnnoticed() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            for _ in 0..<10 {
                try database.cutAll()
                let link = try await shop.issue()
                #expect(try await shop.stored(link.id) == link)
                try await shop.store.revisionCheck?.pass()
            }
        }
    }

    /// Connections are cut all the time; what was acknowledged is there, and what is there was made once.
    @Test func whatWasAcknowledgedWhileConnectionsBreakIsThere() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            let cutting = Task.detached { while !Task.isCancelled { try? database.cutAll() } }
            var acknowledged: [LinkID] = []
            var failed = 0
            for _ in 0..<60 {
                do throws(ShareError) {
                    let link = try await shop.issue()
                    acknowledged.append(link.id)
                } catch {
                    guard case .storeUnavailable = error else { throw error }
                    failed += 1
                }
            }
            cutting.cancel()
            _ = await cutting.value
            try await until { (try? await shop.store.check()) != nil }
            for id in acknowledged { #expect(try await shop.stored(id) != nil) }
            let rows = try await shop.audit()
            #expect(StoreRule.auditChain.firstBroken(in: rows, after: (0, .start)) == nil)
        }
    }

    @Test func aDatabaseThatFellBehindIsRefusedUntilANewEpoch() async throws {
        try await onOneNode { shop, database in
            let cart = try await shop.push()
            try await shop.issue()
            try await shop.store.revisionCheck?.pass()
            try database.run("UPDATE revision SET n = n - 1")
            await #expect(throws: ShareError.self) { try await shop.store.revisionCheck?.pass() }
            await #expect(throws: ShareError.self) { try await shop.store.check() }
            await #expect(throws: ShareError.self) { try await shop.issue() }
            await #expect(throws: ShareError.self) { try await shop.sharing.cart(cart.id, for: .person(TestShop.anna), at: TestShop.start) }
            // Also where it has caught up meanwhile.
            try database.run("UPDATE revision SET n = n + 5")
            try await Task.sleep(for: .milliseconds(600))
            await #expect(throws: ShareError.self) { try await shop.store.revisionCheck?.pass() }
            try database.run("UPDATE revision SET epoch = epoch + 1")
            try await until { (try? await shop.store.check()) != nil }
            try await shop.issue()
        }
    }

    @Test func anAuditThatWentAnotherWayIsRefused() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            try await shop.issue()
            try await shop.store.revisionCheck?.pass()
            try await shop.issue()
            try await shop.store.revisionCheck?.pass()
            let rows = try await shop.audit()
            // A standby without the last row was promoted, and went on with others: numbers are ahead, the history is another.
            let last = try #require(rows.last)
            try database.run(
                SQLStatement(
                    "UPDATE audit SET code = ? WHERE sequence = ?",
                    [.bytes([UInt8](repeating: 9, count: 32)), .integer(last.sequence)]
                )
            )
            try database.run("UPDATE revision SET n = n + 9, sequence = sequence + 9")
            try database.cutAll()
            try await until { (try? await shop.store.check()) == nil }
            await #expect(throws: ShareError.self) { try await shop.issue() }
        }
    }

    /// By somebody who is no node; how long it takes is measured end to end, on a machine that does nothing else.
    @Test func aLockThatIsHeldForLongEndsInARefusal() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            let other = try database.connection()
            try other.queue("SET search_path = cartlink")
            try other.queue("SET application_name = 'psql'")
            try other.queue("BEGIN")
            try other.queue(Revision.lock)
            _ = try other.sync(until: Deadline(in: .seconds(5)))
            await #expect(throws: ShareError.self) { try await shop.issue() }
            // Those who only look don't wait for it.
            try await shop.store.revisionCheck?.pass()
            try other.rollBack()
            try await shop.issue()
            other.close()
        }
    }

    @Test func aNodeThatStallsInATransactionIsCutOff() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            let stalled = try database.connection()
            _ = try stalled.prepare(until: Deadline(in: .seconds(5)))
            try stalled.queue("BEGIN")
            try stalled.queue(Revision.lock)
            _ = try stalled.sync(until: Deadline(in: .seconds(5)))
            try await shop.issue()
            #expect(throws: PostgresFault.self) { try stalled.rollBack() }
        }
    }

    /// The old primary, fenced off by a setting while a connection to it is open.
    @Test func aServerThatWasMadeReadOnlyIsRefused() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            let connection = try database.connection()
            defer { connection.close() }
            try connection.queue("SET search_path = cartlink")
            _ = try connection.revision(until: Deadline(in: .seconds(5)))
            try connection.queue("SET default_transaction_read_only = on")
            #expect(throws: PostgresFault.isReadOnly) { try connection.revision(until: Deadline(in: .seconds(5))) }
        }
    }

    /// By default a statement has two seconds.
    @Test func aRevocationOfManyLinksHasMoreTimeThanOneOfASingleLink() async throws {
        try await onOneNode { shop, database in
            try await shop.push()
            let link = try await shop.issue()
            try database.run("CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2.5); RETURN NULL; END'")
            try database.run("CREATE TRIGGER slow BEFORE UPDATE ON link FOR EACH STATEMENT EXECUTE FUNCTION wait()")
            await #expect(throws: ShareError.self) { try await shop.revoke(link) }
            let revoked = try await shop.administration.revokeAll(
                .all,
                expected: 1,
                isDryRun: false,
                by: TestShop.admin,
                reason: "leak",
                at: TestShop.start
            )
            #expect(revoked.revoked == 1)
            #expect(try await shop.stored(link.id)?.revokedAt != nil)
            try database.run("DROP TRIGGER slow ON link")
            try database.run("DROP FUNCTION wait")
        }
    }

    @Test func anEmptyDatabaseIsNotTakenForTheStoreThatANodeKnows() async throws {
        try await TestDatabase.use { database in
            try database.run("DROP SCHEMA IF EXISTS cartlink CASCADE")
            let known = StoreGeneration(epoch: 1, sequence: 4, code: .start)
            await #expect(throws: PostgresRefusal.empty(database.address.text)) { try await database.open(known: known) }
            #expect(try await PostgresStore.isNew(at: database.address, password: database.password))
            // One that nobody has written to is as good as none.
            try await database.open(known: StoreGeneration(epoch: 1, sequence: 0, code: .start)).close()
        }
    }

    @Test func aStoreBehindWhatANodeRemembersIsNotOpened() async throws {
        try await TestDatabase.use { database in
            let known = try await database.opened { store in
                let shop = TestShop(store: store)
                try await shop.push()
                try await shop.issue()
                try await store.revisionCheck?.pass()
                return store.generation
            }
            #expect(StoreGeneration(known.description) == known)
            try await database.open(known: known).close()
            let other = AuditChain.Code(bytes: [UInt8](repeating: 3, count: 32))!
            for wrong in [
                StoreGeneration(epoch: known.epoch, sequence: known.sequence + 1, code: known.code),
                StoreGeneration(epoch: known.epoch, sequence: known.sequence, code: other),
                StoreGeneration(epoch: known.epoch + 1, sequence: known.sequence, code: known.code),
            ] {
                await #expect(throws: PostgresRefusal.self) { try await database.open(known: wrong) }
            }
            // Another epoch than the one remembered is an operator's word that the history goes on.
            try database.run("UPDATE revision SET epoch = epoch + 5")
            try await database.open(known: StoreGeneration(epoch: known.epoch, sequence: 99, code: other)).close()
        }
    }
}

extension TestDatabase {
    /// Ends every connection but the one that says so.
    func cutAll() throws {
        try run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    }
}
