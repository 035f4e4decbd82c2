// SPDX-License-Identifier: Apache-2.0

package import Logins
import ShareLinks

/// The machine callers of this installation, by their keys.
package struct ServiceDirectory: Sendable {
    private let keys: ServiceKeys

    package init(_ keys: ServiceKeys) {
        self.keys = keys
    }

    func service(for key: some StringProtocol) -> ServiceAccount? {
        guard let found = keys.service(for: key) else { return nil }
        return ServiceAccount(name: found.name, scopes: Set(found.scopes.compactMap { ShareLinks.Scope(rawValue: $0.rawValue) }))
    }
}
