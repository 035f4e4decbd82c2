// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension GlueResource {
    /// `{isActive, isDefault}`. Nobody is the default here: a login names the company user it is for.
    static func companyUser(_ id: CompanyUserID, isActive: Bool) -> GlueResource {
        GlueResource(.companyUsers, id: id.text, attributes: [("isActive", .bool(isActive)), ("isDefault", .bool(false))])
    }
}
