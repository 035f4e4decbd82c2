// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum LinkColumn: Int, TableColumn {
    case id, cart, incarnation, circle, circlePerson, circleUnit, circleCompany, mode, access, label, showPrices, createdAt
    case authorUser, authorCompany, authorUnit, authorCompanyUser, authorService, expiresAt, pauses, revokedAt, keySlot, fingerprint
    case serial, maxAccepts, allowsTakeOver, accepts, card, isSnapshot, people, robots, lastOpenedAt

    var isTruth: Bool { [.showPrices, .allowsTakeOver, .isSnapshot].contains(self) }
}

extension Link {
    init(row: any SQLRow) throws {
        self.init(
            id: try row.parsed(LinkColumn.id, LinkID.init(blob:)),
            cart: try row.parsed(LinkColumn.cart) { CartID($0 as String) },
            incarnation: Incarnation(try row.value(LinkColumn.incarnation)),
            audience: try Audience(row: row),
            mode: try row.parsed(LinkColumn.mode, LinkMode.init(rawValue:)),
            access: try row.parsed(LinkColumn.access, Access.init(rawValue:)),
            label: try row.parsedIfPresent(LinkColumn.label, LinkLabel.init),
            showPrices: try row.value(LinkColumn.showPrices),
            card: try row.parsed(LinkColumn.card, LinkCard.init(rawValue:)),
            isSnapshot: try row.value(LinkColumn.isSnapshot),
            maxAccepts: try row.valueIfPresent(LinkColumn.maxAccepts),
            allowsTakeOver: try row.value(LinkColumn.allowsTakeOver),
            createdAt: try row.timestamp(LinkColumn.createdAt),
            serial: Serial(try row.value(LinkColumn.serial)),
            author: Author(
                owner: try Person(
                    row: row,
                    user: LinkColumn.authorUser,
                    company: LinkColumn.authorCompany,
                    unit: LinkColumn.authorUnit,
                    companyUser: LinkColumn.authorCompanyUser
                ),
                service: try row.valueIfPresent(LinkColumn.authorService)
            ),
            accepts: try row.value(LinkColumn.accepts),
            opens: LinkOpens(
                people: try row.value(LinkColumn.people),
                robots: try row.value(LinkColumn.robots),
                lastAt: try row.timestampIfPresent(LinkColumn.lastOpenedAt)
            ),
            expiresAt: try row.timestamp(LinkColumn.expiresAt),
            pauses: try row.parsed(LinkColumn.pauses, Set<PauseHolder>.init(bits:)),
            revokedAt: try row.timestampIfPresent(LinkColumn.revokedAt),
            keySlot: try row.parsed(LinkColumn.keySlot, KeySlot.init(rawValue:)),
            key: LinkKey.Fingerprint(text: try row.value(LinkColumn.fingerprint))
        )
    }

    var row: [SQLValue] {
        LinkColumn.allCases.map(value(in:))
    }

    private func value(in column: LinkColumn) -> SQLValue {
        switch column {
        case .id: .bytes(id.blob)
        case .cart: .text(cart.text)
        case .incarnation: .integer(incarnation.number)
        case .circle: SQLValue(audience.circle?.kind.rawValue)
        case .circlePerson: SQLValue(audience.circle?.person?.description)
        case .circleUnit: SQLValue(audience.circle?.unit?.text)
        case .circleCompany: SQLValue(audience.circle?.company?.text)
        case .mode: SQLValue(mode.rawValue)
        case .access: .text(access.rawValue)
        case .label: SQLValue(label?.text)
        case .showPrices: .truth(showPrices)
        case .createdAt: .integer(createdAt.milliseconds)
        case .authorUser: SQLValue(author.owner?.userID.text)
        case .authorCompany: SQLValue(author.owner?.companyID?.text)
        case .authorUnit: SQLValue(author.owner?.businessUnitID?.text)
        case .authorCompanyUser: SQLValue(author.owner?.companyUserID?.text)
        case .authorService: SQLValue(author.service)
        case .expiresAt: .integer(expiresAt.milliseconds)
        case .pauses: .integer(pauses.bits)
        case .revokedAt: SQLValue(revokedAt)
        case .keySlot: SQLValue(keySlot.rawValue)
        case .fingerprint: .text(key.text)
        case .serial: .integer(serial.number)
        case .maxAccepts: SQLValue(maxAccepts)
        case .allowsTakeOver: .truth(allowsTakeOver)
        case .accepts: SQLValue(accepts)
        case .card: .text(card.rawValue)
        case .isSnapshot: .truth(isSnapshot)
        case .people: SQLValue(opens.people)
        case .robots: SQLValue(opens.robots)
        case .lastOpenedAt: SQLValue(opens.lastAt)
        }
    }
}

extension Audience {
    fileprivate init(row: any SQLRow) throws {
        guard let kind = try row.parsedIfPresent(LinkColumn.circle, Circle.Kind.init(rawValue:)) else {
            self = .external
            return
        }
        switch kind {
        case .person: self = .internal(.person(try row.parsed(LinkColumn.circlePerson) { Subject($0 as String) }))
        case .businessUnit:
            let unit = try row.parsed(LinkColumn.circleUnit) { BusinessUnitID($0 as String) }
            self = .internal(.businessUnit(unit, of: try row.parsed(LinkColumn.circleCompany) { CompanyID($0 as String) }))
        case .company: self = .internal(.company(try row.parsed(LinkColumn.circleCompany) { CompanyID($0 as String) }))
        case .shop: self = .internal(.shop)
        }
    }
}

extension Audience.Circle {
    fileprivate var person: Subject? {
        if case .person(let subject) = self { subject } else { nil }
    }

    fileprivate var unit: BusinessUnitID? {
        if case .businessUnit(let unit, _) = self { unit } else { nil }
    }
}

extension PauseHolder {
    fileprivate var bit: Int64 {
        switch self {
        case .owner: 1
        case .admin: 2
        case .directory: 4
        }
    }
}

extension Set<PauseHolder> {
    var bits: Int64 { reduce(0) { $0 | $1.bit } }

    fileprivate init?(bits: Int64) {
        self = Set(PauseHolder.allCases.filter { bits & $0.bit != 0 })
        // A holder that this program doesn't know must not be dropped.
        guard self.bits == bits else { return nil }
    }
}
