// SPDX-License-Identifier: Apache-2.0

import Logging
import PostgresStore
import SQLiteStore
import ShareLinks
import Webhooks

/// A store that this process opened and has to close.
protocol OpenedStore: LinkStore {
    /// How it was opened, for the log.
    var openingFacts: Logger.Metadata { get }

    /// How far the store's history has come, as this process knows.
    var generation: StoreGeneration { get }

    func close() async throws(ShareError)
}

extension SQLiteStore: OpenedStore {
    var openingFacts: Logger.Metadata {
        [
            "sqlite": "\(facts.sqliteVersion)", "journal": "\(facts.journalMode)", "synchronous": "\(facts.synchronous)",
            "schema": "\(facts.schemaVersion)",
        ]
    }
}

extension PostgresStore: OpenedStore {
    var openingFacts: Logger.Metadata {
        [
            "postgres": "\(facts.serverVersion)", "synchronousCommit": "\(facts.synchronousCommit)", "connections": "\(facts.connections)",
            "schema": "\(facts.schemaVersion)",
        ]
    }
}

extension Settings {
    /// The store's place, for messages.
    var storePlace: String {
        switch storage {
        case .sqlite: dataFolder
        case .postgres(let address, password: _): address.text
        }
    }

    /// Whether there is no store yet, so that keys may be made for a new one.
    func storeIsNew() async throws(Refusal) -> Bool {
        switch storage {
        case .sqlite: return SQLiteStore.isNew(folder: dataFolder)
        case .postgres(let address, let password):
            do throws(PostgresRefusal) {
                return try await PostgresStore.isNew(at: address, password: password)
            } catch {
                throw .failure(error.description)
            }
        }
    }

    /// Opens the store that is configured, or makes it; one that is behind what is known of it isn't opened.
    func openStore(_ chain: AuditChain, known: StoreGeneration?) async throws(Refusal) -> any OpenedStore {
        let hooks = webhooks.map(\.webhook)
        switch storage {
        case .sqlite:
            do throws(StoreRefusal) {
                return try SQLiteStore.open(
                    folder: dataFolder,
                    auditChain: chain,
                    diskReserve: limits.diskReserve,
                    webhooks: hooks,
                    known: known
                )
            } catch {
                throw .failure(error.description)
            }
        case .postgres(let address, let password):
            do throws(PostgresRefusal) {
                return try await PostgresStore.open(
                    at: address,
                    password: password,
                    auditChain: chain,
                    webhooks: hooks,
                    known: known,
                    now: Clock.now(),
                    node: Int64.random(in: .min ... .max)
                )
            } catch {
                throw .failure(error.description)
            }
        }
    }
}
