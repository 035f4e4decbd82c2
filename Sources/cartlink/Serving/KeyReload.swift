// SPDX-License-Identifier: Apache-2.0

import Logging
import SQLiteStore
import ServiceLifecycle
import ShareLinks
import UnixSignals

/// Reads the key file again on SIGHUP; a bad file keeps the keys that were in force.
struct KeyReload: Service {
    let folder: KeyFolder
    let store: SQLiteStore
    let keys: LiveKeys
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            await reload()
        }
    }

    private func reload() async {
        do {
            let ring = try await store.admit(try folder.ring(), at: Clock.now())
            keys.replace(with: ring)
            logger.notice("keys reloaded", metadata: ["signing": "\(ring.signing.slot)", "keys": "\(ring.keys.count)"])
        } catch let refusal as KeyRefusal {
            logger.error("keys not reloaded; the old ones stay", metadata: ["cause": "\(refusal.text)"])
        } catch {
            logger.error("keys not reloaded; the old ones stay", metadata: ["cause": "\(error)"])
        }
    }
}
