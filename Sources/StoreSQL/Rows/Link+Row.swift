// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

enum LinkColumn: Int, TableColumn {
    case id, cart, incarnation, circle, circlePerson, circleUnit, circleCompany, mode, access, label, showPrices, createdAt
    case authorUser, authorCompany, authorUnit, authorCompanyUser, authorService, expiresAt, pauses, revokedAt, keySlot, fingerprint
    case serial, maxAccepts, allowsTakeOver, accepts, card, isSnapshot, people, robots, lastOpenedAt
}

extension Link {
    init(row: Row) throws {
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
            maxAccepts: try row.value(LinkColumn.maxAccepts),
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
                service: try row.value(LinkColumn.authorService)
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

    var row: StatementArguments {
        StatementArguments(LinkColumn.allCases.map(value(in:)))
    }

    private func value(in column: LinkColumn) -> (any DatabaseValueConvertible)? {
        switch column {
        case .id: id.blob
        case .cart: cart.text
        case .incarnation: incarnation.number
        case .circle: audience.circle?.kind.rawValue
        case .circlePerson: audience.circle?.person?.description
        case .circleUnit: audience.circle?.unit?.text
        case .circleCompany: audience.circle?.company?.text
        case .mode: mode.rawValue
        case .access: access.rawValue
        case .label: label?.text
        case .showPrices: showPrices
        case .createdAt: createdAt.milliseconds
        case .authorUser: author.owner?.userID.text
        case .authorCompany: author.owner?.companyID?.text
        case .authorUnit: author.owner?.businessUnitID?.text
        case .authorCompanyUser: author.owner?.companyUserID?.text
        case .authorService: author.service
        case .expiresAt: expiresAt.milliseconds
        case .pauses: pauses.bits
        case .revokedAt: revokedAt?.milliseconds
        case .keySlot: keySlot.rawValue
        case .fingerprint: key.text
        case .serial: serial.number
        case .maxAccepts: maxAccepts
        case .allowsTakeOver: allowsTakeOver
        case .accepts: accepts
        case .card: card.rawValue
        case .isSnapshot: isSnapshot
        case .people: opens.people
        case .robots: opens.robots
        case .lastOpenedAt: opens.lastAt?.milliseconds
        }
    }
}

extension Audience {
    fileprivate init(row: Row) throws {
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
