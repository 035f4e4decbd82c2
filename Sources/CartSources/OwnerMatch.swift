// SPDX-License-Identifier: Apache-2.0

import Redaction

/// Where a platform's cart names its owner.
package struct OwnerMatch: Sendable, Equatable {
    package let path: MemberPath

    package init(path: MemberPath) {
        self.path = path
    }

    /// The text there. What a platform has masked names nobody.
    func ownerName(in cart: JSONNode) -> String? {
        guard let name = path.node(in: cart)?.string, !name.isEmpty, !name.contains("*") else { return nil }
        return name
    }
}
