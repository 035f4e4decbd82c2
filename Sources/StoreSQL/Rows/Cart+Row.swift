// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

enum CartColumn: Int, TableColumn {
    case id, incarnation, version, format, state, ownerUser, ownerCompany, ownerUnit, ownerCompanyUser, name, updatedAt, document,
        unconfirmed
}

enum CartSummaryColumn: Int, TableColumn {
    case id, name, state, version, updatedAt
}

extension Cart {
    init(row: Row) throws {
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
            name: try row.value(CartColumn.name),
            document: try row.bytes(CartColumn.document),
            unconfirmed: Set((try row.value(CartColumn.unconfirmed) as String).split(separator: " ").map(String.init)),
            updatedAt: try row.timestamp(CartColumn.updatedAt)
        )
    }

    var row: StatementArguments {
        StatementArguments(CartColumn.allCases.map(value(in:)))
    }

    private func value(in column: CartColumn) -> (any DatabaseValueConvertible)? {
        switch column {
        case .id: id.text
        case .incarnation: incarnation.number
        case .version: version.number
        case .format: format.rawValue
        case .state: state.rawValue
        case .ownerUser: owner?.userID.text
        case .ownerCompany: owner?.companyID?.text
        case .ownerUnit: owner?.businessUnitID?.text
        case .ownerCompanyUser: owner?.companyUserID?.text
        case .name: name
        case .updatedAt: updatedAt.milliseconds
        case .document: Data(document)
        // Ids of ours, which hold no space.
        case .unconfirmed: unconfirmed.sorted().joined(separator: " ")
        }
    }
}

extension Cart.Summary {
    init(row: Row) throws {
        self.init(
            id: try row.parsed(CartSummaryColumn.id) { CartID($0 as String) },
            name: try row.value(CartSummaryColumn.name),
            state: try row.parsed(CartSummaryColumn.state, CartState.init(rawValue:)),
            version: CartVersion(try row.value(CartSummaryColumn.version)),
            updatedAt: try row.timestamp(CartSummaryColumn.updatedAt)
        )
    }
}

extension Person {
    init?<Column: TableColumn>(row: Row, user: Column, company: Column, unit: Column, companyUser: Column) throws {
        guard let userID = try row.parsedIfPresent(user, { UserID($0 as String) }) else { return nil }
        self.init(
            userID: userID,
            companyID: try row.parsedIfPresent(company) { CompanyID($0 as String) },
            businessUnitID: try row.parsedIfPresent(unit) { BusinessUnitID($0 as String) },
            companyUserID: try row.parsedIfPresent(companyUser) { CompanyUserID($0 as String) }
        )
    }
}
