// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks

extension LinkQuery {
    func condition(at now: Timestamp) -> SQL {
        var parts: [SQL] = []
        if let cart { parts.append("cart = \(cart.text)") }
        if let owner { parts.append("authorUser = \(owner.text)") }
        if let company { parts.append(.company(company)) }
        if let businessUnit { parts.append(.businessUnit(businessUnit)) }
        if let status { parts.append(status.condition(at: now)) }
        if let label { parts.append("label = \(label)") }
        if let keySlot { parts.append("keySlot = \(keySlot.rawValue)") }
        return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
    }
}

extension Link.Status {
    /// The same order as ``Link/status(at:)``: revoked goes before expired, expired before paused.
    fileprivate func condition(at now: Timestamp) -> SQL {
        switch self {
        case .revoked: "revokedAt IS NOT NULL"
        case .expired: "revokedAt IS NULL AND expiresAt <= \(now.milliseconds)"
        case .paused: "revokedAt IS NULL AND expiresAt > \(now.milliseconds) AND pauses <> 0"
        case .active: "revokedAt IS NULL AND expiresAt > \(now.milliseconds) AND pauses = 0"
        }
    }
}

extension LinkSelector {
    var condition: SQL {
        switch self {
        case .link(let id): "id = \(id.blob)"
        case .cart(let id): "cart = \(id.text)"
        case .owner(let id): "authorUser = \(id.text)"
        case .person(let subject): "(\(literal: .author(subject)) OR circlePerson = \(subject.description))"
        case .company(let id): .company(id)
        case .businessUnit(let id): .businessUnit(id)
        case .label(let text): "label = \(text)"
        case .keySlot(let slot): "keySlot = \(slot.rawValue)"
        case .key(let fingerprint): "fingerprint = \(fingerprint.text)"
        case .createdBy(let name): .createdBy(name)
        case .createdBefore(let time): "createdAt < \(time.milliseconds)"
        case .createdAfter(let time): "createdAt > \(time.milliseconds)"
        case .all: "TRUE"
        }
    }
}

extension SQL {
    fileprivate static func company(_ id: CompanyID) -> SQL {
        "(authorCompany = \(id.text) OR circleCompany = \(id.text))"
    }

    fileprivate static func businessUnit(_ id: BusinessUnitID) -> SQL {
        "(authorUnit = \(id.text) OR circleUnit = \(id.text))"
    }

    /// Links made on behalf of the person that `subject` names.
    fileprivate static func author(_ subject: Subject) -> SQL {
        switch subject {
        case .companyUser(let id): "authorCompanyUser = \(id.text)"
        case .user(let id): "(authorUser = \(id.text) AND authorCompanyUser IS NULL)"
        }
    }

    /// By the name on the wire, or by the service that made the link for someone else.
    fileprivate static func createdBy(_ name: String) -> SQL {
        if let subject = Subject(name) { return author(subject) }
        guard name.hasPrefix("service:") else { return "FALSE" }
        return "authorService = \(String(name.dropFirst("service:".count)))"
    }
}
