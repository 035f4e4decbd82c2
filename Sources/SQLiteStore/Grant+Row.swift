// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

enum GrantColumn: Int, TableColumn {
    case id, cart, incarnation, holder, createdAt, readOnlyTitle, fullTitle, company, decidedAt, withdrawnAt, isLeft
}

extension Grant {
    init(row: Row) throws {
        let decision: Int64? = try row.value(GrantColumn.decidedAt)
        self.init(
            id: try row.parsed(GrantColumn.id) { GrantID($0 as String) },
            cart: try row.parsed(GrantColumn.cart) { CartID($0 as String) },
            incarnation: Incarnation(try row.value(GrantColumn.incarnation)),
            holder: try row.parsed(GrantColumn.holder) { Subject($0 as String) },
            createdAt: try row.timestamp(GrantColumn.createdAt),
            readOnly: try row.parsedIfPresent(GrantColumn.readOnlyTitle, Title.init(blob:)),
            full: try row.parsedIfPresent(GrantColumn.fullTitle, Title.init(blob:)),
            company: try row.parsedIfPresent(GrantColumn.company) { CompanyID($0 as String) },
            decidedAt: decision.map(Serial.init),
            withdrawnAt: try row.timestampIfPresent(GrantColumn.withdrawnAt),
            isLeft: try row.value(GrantColumn.isLeft)
        )
    }

    var row: StatementArguments {
        StatementArguments(GrantColumn.allCases.map(value(in:)))
    }

    private func value(in column: GrantColumn) -> (any DatabaseValueConvertible)? {
        switch column {
        case .id: id.text
        case .cart: cart.text
        case .incarnation: incarnation.number
        case .holder: holder.description
        case .createdAt: createdAt.milliseconds
        case .readOnlyTitle: readOnly?.blob
        case .fullTitle: full?.blob
        case .company: company?.text
        case .decidedAt: decidedAt?.number
        case .withdrawnAt: withdrawnAt?.milliseconds
        case .isLeft: isLeft
        }
    }
}

extension Grant.Title {
    /// Nothing for the owner's word, else the link's id.
    fileprivate var blob: Data {
        switch self {
        case .owner: Data()
        case .link(let id): id.blob
        }
    }

    fileprivate init?(blob: Data) {
        if blob.isEmpty {
            self = .owner
        } else {
            guard let id = LinkID(blob: blob) else { return nil }
            self = .link(id)
        }
    }
}
