// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Webhooks

/// The store of a node that isn't running. SQLite is opened under its lock, so never beside a service; PostgreSQL may well have other
/// nodes at work, which see what is changed here as they see each other's changes.
enum StoppedStore {
    static func with<Answer>(
        _ settings: Settings,
        _ work: (Administration) async throws(ShareError) -> Answer
    ) async throws -> Answer {
        try await with(settings) { administration, _ throws(ShareError) in try await work(administration) }
    }

    /// Opens also a store that is behind what is known of it: these commands look at it, take away from it or let it go on.
    static func with<Answer>(
        _ settings: Settings,
        _ work: (Administration, any OpenedStore) async throws(ShareError) -> Answer
    ) async throws -> Answer {
        let folder = KeyFolder(settings)
        guard try await !settings.storeIsNew() else { throw Refusal.failure("\(settings.storePlace) holds no store") }
        do {
            let store = try await settings.openStore(try folder.auditChain(), known: nil)
            let ring: KeyRing
            do {
                ring = try await store.admit(try folder.ring(), at: Clock.now())
            } catch {
                try? await store.close()
                throw error
            }
            let result: Result<Answer, ShareError>
            do throws(ShareError) {
                result = .success(try await work(Administration(store: store, keys: LiveKeys(ring)), store))
            } catch {
                result = .failure(error)
            }
            try await store.close()
            return try result.get()
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
