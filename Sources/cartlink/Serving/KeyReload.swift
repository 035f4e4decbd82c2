// SPDX-License-Identifier: Apache-2.0

import Logging
import ShareLinks

/// Reads the key file again; a bad file keeps the keys that were in force.
struct KeyReload: Reloading {
    let what = "keys"
    let folder: KeyFolder
    let store: any LinkStore
    let keys: LiveKeys

    func reload() async throws(Refusal) -> Logger.Metadata {
        let file: KeyRing
        do throws(KeyFolder.Refusal) { file = try folder.ring() } catch { throw .configuration([error.description]) }
        do throws(KeyRefusal) {
            let ring = try await store.admit(file, at: Clock.now())
            keys.replace(with: ring)
            return ["signing": "\(ring.signing.slot)", "keys": "\(ring.keys.count)"]
        } catch {
            throw .configuration([error.text])
        }
    }
}
