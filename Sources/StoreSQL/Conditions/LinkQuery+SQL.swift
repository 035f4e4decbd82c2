// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension LinkQuery {
    func condition(at now: Timestamp) -> SQLStatement {
        var parts: [SQLStatement] = []
        if let link { parts.append("id = \(link.blob)") }
        if let cart { parts.append("cart = \(cart.text)") }
        if let owner { parts.append("authorUser = \(owner.text)") }
        if let person { parts.append(LinkSelector.person(person).condition) }
        if let company { parts.append(.company(company)) }
        if let businessUnit { parts.append(.businessUnit(businessUnit)) }
        if let status { parts.append(status.condition(at: now)) }
        if let label { parts.append("label = \(label)") }
        if let keySlot { parts.append("keySlot = \(keySlot.rawValue)") }
        if let createdBy { parts.append(LinkSelector.createdBy(createdBy).condition) }
        return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
    }
}

extension Link.Status {
    /// The same order as ``Link/status(at:)``: revoked goes before expired, expired before paused.
    fileprivate func condition(at now: Timestamp) -> SQLStatement {
        switch self {
        case .revoked: "revokedAt IS NOT NULL"
        case .expired: "revokedAt IS NULL AND expiresAt <= \(now.milliseconds)"
        case .paused: "revokedAt IS NULL AND expiresAt > \(now.milliseconds) AND pauses <> 0"
        case .active: "revokedAt IS NULL AND expiresAt > \(now.milliseconds) AND pauses = 0"
        }
    }
}

extension SQLStatement {
    static func company(_ id: CompanyID) -> SQLStatement {
        "(authorCompany = \(id.text) OR circleCompany = \(id.text))"
    }

    static func businessUnit(_ id: BusinessUnitID) -> SQLStatement {
        "(authorUnit = \(id.text) OR circleUnit = \(id.text))"
    }
}
