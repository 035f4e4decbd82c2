// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

enum AuditColumn: Int, TableColumn {
    case sequence, at, actor, action, link, cart, reason, before, after, code
}

extension AuditRecord {
    init(row: Row) throws {
        self.init(
            sequence: try row.value(AuditColumn.sequence),
            entry: AuditEntry(
                at: try row.timestamp(AuditColumn.at),
                actor: try row.value(AuditColumn.actor),
                action: try row.parsed(AuditColumn.action, AuditEntry.Action.init(rawValue:)),
                link: try row.parsedIfPresent(AuditColumn.link, LinkID.init(blob:)),
                cart: try row.parsedIfPresent(AuditColumn.cart) { CartID($0 as String) },
                reason: try row.value(AuditColumn.reason),
                before: try row.value(AuditColumn.before),
                after: try row.value(AuditColumn.after)
            ),
            code: try row.parsed(AuditColumn.code) { (code: Data) in AuditChain.Code(bytes: Array(code)) }
        )
    }

    var row: StatementArguments {
        StatementArguments(AuditColumn.allCases.map(value(in:)))
    }

    private func value(in column: AuditColumn) -> (any DatabaseValueConvertible)? {
        switch column {
        case .sequence: sequence
        case .at: entry.at.milliseconds
        case .actor: entry.actor
        case .action: entry.action.rawValue
        case .link: entry.link?.blob
        case .cart: entry.cart?.text
        case .reason: entry.reason
        case .before: entry.before
        case .after: entry.after
        case .code: Data(code.bytes)
        }
    }
}
