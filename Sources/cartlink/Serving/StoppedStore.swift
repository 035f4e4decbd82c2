// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import ShareLinks
import Webhooks

/// The store of a service that isn't running: opened under its lock, so never beside one that is.
enum StoppedStore {
    static func with<Answer>(
        _ settings: Settings,
        _ work: (Administration) async throws(ShareError) -> Answer
    ) async throws -> Answer {
        let folder = KeyFolder(settings)
        guard !SQLiteStore.isNew(folder: settings.dataFolder) else { throw Refusal.failure("\(settings.dataFolder) holds no store") }
        do {
            let store = try SQLiteStore.open(
                folder: settings.dataFolder,
                auditChain: try folder.auditChain(),
                diskReserve: settings.limits.diskReserve,
                webhooks: settings.webhooks.map(\.webhook)
            )
            let ring: KeyRing
            do {
                ring = try await store.admit(try folder.ring(), at: Clock.now())
            } catch {
                try? await store.close()
                throw error
            }
            let result: Result<Answer, ShareError>
            do throws(ShareError) {
                result = .success(try await work(Administration(store: store, keys: LiveKeys(ring))))
            } catch {
                result = .failure(error)
            }
            try await store.close()
            return try result.get()
        } catch let refusal as StoreRefusal {
            throw Refusal.failure(refusal.description)
        } catch let refusal as KeyRefusal {
            throw Refusal.configuration([refusal.text])
        } catch ShareError.countDiffers(let now) {
            throw Refusal.failure("\(now) live links would die; nothing was changed")
        } catch let error as ShareError {
            throw Refusal.failure("the store refused: \(error)")
        }
    }
}

extension ServiceAccount {
    /// Whoever can open a stopped store and read its keys: the operator at the machine.
    static let commandLine = ServiceAccount(name: "command-line", scopes: [.admin])
}
