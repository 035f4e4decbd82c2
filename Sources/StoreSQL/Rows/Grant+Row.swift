// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum GrantColumn: Int, TableColumn {
    case id, cart, incarnation, holder, createdAt, readOnlyTitle, fullTitle, decidedAt, withdrawnAt, suspendedAt
}

extension Grant {
    init(row: any SQLRow) throws {
        let decision: Int64? = try row.valueIfPresent(GrantColumn.decidedAt)
        self.init(
            id: try row.parsed(GrantColumn.id) { GrantID($0 as String) },
            cart: try row.parsed(GrantColumn.cart) { CartID($0 as String) },
            incarnation: Incarnation(try row.value(GrantColumn.incarnation)),
            holder: try row.parsed(GrantColumn.holder) { Subject($0 as String) },
            createdAt: try row.timestamp(GrantColumn.createdAt),
            readOnly: try row.parsedIfPresent(GrantColumn.readOnlyTitle, Title.init(blob:)),
            full: try row.parsedIfPresent(GrantColumn.fullTitle, Title.init(blob:)),
            decidedAt: decision.map(Serial.init),
            withdrawnAt: try row.timestampIfPresent(GrantColumn.withdrawnAt),
            suspendedAt: try row.timestampIfPresent(GrantColumn.suspendedAt)
        )
    }

    var row: [SQLValue] {
        GrantColumn.allCases.map(value(in:))
    }

    private func value(in column: GrantColumn) -> SQLValue {
        switch column {
        case .id: .text(id.text)
        case .cart: .text(cart.text)
        case .incarnation: .integer(incarnation.number)
        case .holder: .text(holder.description)
        case .createdAt: .integer(createdAt.milliseconds)
        case .readOnlyTitle: SQLValue(readOnly?.blob)
        case .fullTitle: SQLValue(full?.blob)
        case .decidedAt: SQLValue(decidedAt?.number)
        case .withdrawnAt: SQLValue(withdrawnAt)
        case .suspendedAt: SQLValue(suspendedAt)
        }
    }
}

extension Grant.Title {
    /// Starts the owner's word inside a company. It alone is longer than a link's id, so the two can't be taken for each other.
    private static let insideCompany = Array("inside the company ".utf8)

    /// The link's id, or for the owner's word nothing or the company that it counts in.
    fileprivate var blob: [UInt8] {
        switch self {
        case .owner(nil): []
        case .owner(let company?): Self.insideCompany + company.text.utf8
        case .link(let id): id.blob
        }
    }

    fileprivate init?(blob: [UInt8]) {
        if blob.isEmpty {
            self = .owner(inside: nil)
        } else if let id = LinkID(blob: blob) {
            self = .link(id)
        } else {
            guard blob.starts(with: Self.insideCompany) else { return nil }
            let text = String(validating: blob.dropFirst(Self.insideCompany.count), as: UTF8.self)
            guard let company = text.flatMap({ CompanyID($0) }) else { return nil }
            self = .owner(inside: company)
        }
    }
}
