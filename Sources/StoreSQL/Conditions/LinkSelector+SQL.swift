// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension LinkSelector {
    var condition: SQLStatement {
        switch self {
        case .link(let id): "id = \(id.blob)"
        case .cart(let id): "cart = \(id.text)"
        case .owner(let id): "authorUser = \(id.text)"
        case .person(let subject): "(\(SQLStatement.author(subject)) OR circlePerson = \(subject.description))"
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

extension LinkSelector {
    /// The grants that go with it whatever they rest on; nil where it names links alone.
    var directGrants: SQLStatement? {
        switch self {
        case .link, .businessUnit, .label, .keySlot, .key, .createdBy, .createdBefore, .createdAfter: nil
        case .cart(let id): "cart = \(id.text)"
        case .owner(let id): "cart IN (SELECT id FROM cart WHERE ownerUser = \(id.text))"
        case .person(let subject): "holder = \(subject.description) OR cart IN (SELECT id FROM cart WHERE \(SQLStatement.owner(subject)))"
        case .company(let id):
            """
            cart IN (SELECT id FROM cart WHERE ownerCompany = \(id.text))
            OR holder IN (SELECT 'company-user:' || id FROM companyUser WHERE company = \(id.text))
            """
        case .all: "TRUE"
        }
    }
}

extension SQLStatement {
    /// Carts whose owner `subject` names.
    fileprivate static func owner(_ subject: Subject) -> SQLStatement {
        switch subject {
        case .companyUser(let id): "ownerCompanyUser = \(id.text)"
        case .user(let id): "(ownerUser = \(id.text) AND ownerCompanyUser IS NULL)"
        }
    }

    /// Links made on behalf of the person that `subject` names.
    fileprivate static func author(_ subject: Subject) -> SQLStatement {
        switch subject {
        case .companyUser(let id): "authorCompanyUser = \(id.text)"
        case .user(let id): "(authorUser = \(id.text) AND authorCompanyUser IS NULL)"
        }
    }

    /// By the name on the wire, or by the service that made the link for someone else.
    fileprivate static func createdBy(_ name: String) -> SQLStatement {
        if let subject = Subject(name) { return author(subject) }
        guard name.hasPrefix("service:") else { return "FALSE" }
        return "authorService = \(String(name.dropFirst("service:".count)))"
    }
}
