// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Spryker's names for what a grant gives: `READ_ONLY` with the id 1, the default, and `FULL_ACCESS` with the id 2.
struct GluePermissionGroup {
    let access: Access

    static let all = [GluePermissionGroup(access: .readOnly), GluePermissionGroup(access: .full)]

    init(access: Access) {
        self.access = access
    }

    init?(id: some StringProtocol) {
        guard let group = Self.all.first(where: { String($0.number) == id }) else { return nil }
        self = group
    }

    /// An attribute `idCartPermissionGroup`: a number, or its digits as text.
    init?(_ value: JSONNode) {
        guard let id = value.integer.map({ String($0) }) ?? value.string else { return nil }
        self.init(id: id)
    }

    var number: Int64 {
        switch access {
        case .readOnly: 1
        case .full: 2
        }
    }

    var resource: GlueResource {
        let name =
            switch access {
            case .readOnly: "READ_ONLY"
            case .full: "FULL_ACCESS"
            }
        return GlueResource(
            .permissionGroups,
            id: String(number),
            attributes: [("name", .string(name)), ("isDefault", .bool(access == .readOnly))]
        )
    }
}
