// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum CartColumn: Int, TableColumn {
    case id, incarnation, version, format, state, ownerUser, ownerCompany, ownerUnit, ownerCompanyUser, name, updatedAt, document,
        unconfirmed, platformID, platformKey, fingerprint, matchedAt
}

enum CartSummaryColumn: Int, TableColumn {
    case id, name, state, version, updatedAt
}

extension Cart {
    init(row: any SQLRow) throws {
        self.init(
            id: try row.parsed(CartColumn.id) { CartID($0 as String) },
            incarnation: Incarnation(try row.value(CartColumn.incarnation)),
            version: CartVersion(try row.value(CartColumn.version)),
            format: try row.parsed(CartColumn.format, CartFormat.init(rawValue:)),
            state: try row.parsed(CartColumn.state, CartState.init(rawValue:)),
            owner: try Person(
                row: row,
                user: CartColumn.ownerUser,
                company: CartColumn.ownerCompany,
                unit: CartColumn.ownerUnit,
                companyUser: CartColumn.ownerCompanyUser
            ),
            name: try row.valueIfPresent(CartColumn.name),
            document: try row.value(CartColumn.document),
            unconfirmed: Set((try row.value(CartColumn.unconfirmed) as String).split(separator: " ").map(String.init)),
            updatedAt: try row.timestamp(CartColumn.updatedAt),
            origin: try CartOrigin(row: row)
        )
    }

    var row: [SQLValue] {
        CartColumn.allCases.map(value(in:))
    }

    private func value(in column: CartColumn) -> SQLValue {
        switch column {
        case .id: .text(id.text)
        case .incarnation: .integer(incarnation.number)
        case .version: .integer(version.number)
        case .format: .text(format.rawValue)
        case .state: .text(state.rawValue)
        case .ownerUser: SQLValue(owner?.userID.text)
        case .ownerCompany: SQLValue(owner?.companyID?.text)
        case .ownerUnit: SQLValue(owner?.businessUnitID?.text)
        case .ownerCompanyUser: SQLValue(owner?.companyUserID?.text)
        case .name: SQLValue(name)
        case .updatedAt: .integer(updatedAt.milliseconds)
        case .document: .bytes(document)
        // Ids of ours, which hold no space.
        case .unconfirmed: .text(unconfirmed.sorted().joined(separator: " "))
        case .platformID: SQLValue(origin?.id.text)
        case .platformKey: SQLValue(origin?.id.key)
        case .fingerprint: SQLValue(origin?.fingerprint.text)
        case .matchedAt: SQLValue(origin?.matchedAt.milliseconds)
        }
    }
}

extension CartOrigin {
    fileprivate init?(row: any SQLRow) throws {
        guard let id = try row.parsedIfPresent(CartColumn.platformID, { PlatformCartID($0 as String) }) else { return nil }
        self.init(
            id: id,
            fingerprint: try row.parsed(CartColumn.fingerprint) { CartFingerprint(text: $0 as String) },
            matchedAt: try row.timestamp(CartColumn.matchedAt)
        )
    }
}

extension Cart.Summary {
    init(row: any SQLRow) throws {
        self.init(
            id: try row.parsed(CartSummaryColumn.id) { CartID($0 as String) },
            name: try row.valueIfPresent(CartSummaryColumn.name),
            state: try row.parsed(CartSummaryColumn.state, CartState.init(rawValue:)),
            version: CartVersion(try row.value(CartSummaryColumn.version)),
            updatedAt: try row.timestamp(CartSummaryColumn.updatedAt)
        )
    }
}

extension Person {
    init?<Column: TableColumn>(row: any SQLRow, user: Column, company: Column, unit: Column, companyUser: Column) throws {
        guard let userID = try row.parsedIfPresent(user, { UserID($0 as String) }) else { return nil }
        self.init(
            userID: userID,
            companyID: try row.parsedIfPresent(company) { CompanyID($0 as String) },
            businessUnitID: try row.parsedIfPresent(unit) { BusinessUnitID($0 as String) },
            companyUserID: try row.parsedIfPresent(companyUser) { CompanyUserID($0 as String) }
        )
    }
}
