// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension LinkQuery {
    func matches(_ link: Link, at now: Timestamp) -> Bool {
        (self.link == nil || link.id == self.link)
            && (cart == nil || link.cart == cart)
            && (owner == nil || link.author.owner?.userID == owner)
            && (person == nil || LinkSelector.person(person!).names(link))
            && (company == nil || LinkSelector.company(company!).names(link))
            && (businessUnit == nil || LinkSelector.businessUnit(businessUnit!).names(link))
            && (status == nil || link.status(at: now) == status)
            && (label == nil || link.label?.text == label)
            && (keySlot == nil || link.keySlot == keySlot)
            && (createdBy == nil || LinkSelector.createdBy(createdBy!).names(link))
    }
}

extension LinkSelector {
    func names(_ link: Link) -> Bool {
        let owner = link.author.owner
        switch self {
        case .link(let id): return link.id == id
        case .cart(let id): return link.cart == id
        case .owner(let id): return owner?.userID == id
        case .person(let subject): return owner?.subject == subject || link.audience == .internal(.person(subject))
        case .company(let id):
            guard owner?.companyID != id else { return true }
            switch link.audience.circle {
            case .company(let company), .businessUnit(_, let company): return company == id
            case .person, .shop, nil: return false
            }
        case .businessUnit(let id):
            guard owner?.businessUnitID != id else { return true }
            if case .businessUnit(let unit, _) = link.audience.circle { return unit == id }
            return false
        case .label(let text): return link.label?.text == text
        case .keySlot(let slot): return link.keySlot == slot
        case .key(let fingerprint): return link.key == fingerprint
        case .createdBy(let name): return link.author.name == name || link.author.service.map { "service:\($0)" } == name
        case .createdBefore(let time): return link.createdAt < time
        case .createdAfter(let time): return link.createdAt > time
        case .all: return true
        }
    }
}

extension AuditQuery {
    /// - Parameter revokedAt: when the link that is asked for was revoked: a bulk change of that moment is about it too.
    func matches(_ entry: AuditEntry, revokedAt: Timestamp?) -> Bool {
        let isBulk = entry.link == nil && AuditEntry.Action.ofManyLinks.contains(entry.action) && entry.at == revokedAt
        return (link == nil || entry.link == link || isBulk)
            && (cart == nil || entry.cart == cart)
            && (actor == nil || entry.actor == actor)
            && (from == nil || entry.at >= from!)
            && (to == nil || entry.at < to!)
    }
}
