// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// `{idCompanyUser, idCartPermissionGroup}`. Both have to be there; whether they name anything is asked later, in Glue's order.
struct GlueShareOrder {
    /// Nil for a text that nobody's id can be.
    let colleague: CompanyUserID?
    let group: GluePermissionGroup?

    init(_ attributes: GlueAttributes) throws(GlueRefusal) {
        var attributes = attributes
        let colleague = attributes.value("idCompanyUser")
        let group = attributes.value("idCartPermissionGroup")
        guard let colleague, let group else { throw attributes.refusal }
        self.colleague = colleague.string.flatMap { CompanyUserID($0) }
        self.group = GluePermissionGroup(group)
    }
}
