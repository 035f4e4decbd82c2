// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Logging
import Redaction
import ShareLinks

/// Reads the policy files again; one bad file keeps all the policies that were in force.
struct PolicyReload: Reloading {
    let what = "policies"
    let folder: PolicyFolder
    let projections: Projections

    func reload() async throws(Refusal) -> Logger.Metadata {
        do throws(SettingsFaults) {
            let policies = try folder.policies()
            projections.replace(policies: policies)
            return policies.reduce(into: [:]) { $0[$1.key.rawValue] = "\($1.value.name) \($1.value.version)" }
        } catch {
            throw .configuration(error.lines)
        }
    }
}
