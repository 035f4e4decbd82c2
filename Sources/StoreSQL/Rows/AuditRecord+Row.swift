// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum AuditColumn: Int, TableColumn {
    case sequence, at, actor, action, link, cart, reason, before, after, code
}

extension AuditRecord {
    init(row: any SQLRow) throws {
        self.init(
            sequence: try row.value(AuditColumn.sequence),
            entry: AuditEntry(
                at: try row.timestamp(AuditColumn.at),
                actor: try row.value(AuditColumn.actor),
                action: try row.parsed(AuditColumn.action, AuditEntry.Action.init(rawValue:)),
                link: try row.parsedIfPresent(AuditColumn.link, LinkID.init(blob:)),
                cart: try row.parsedIfPresent(AuditColumn.cart) { CartID($0 as String) },
                reason: try row.valueIfPresent(AuditColumn.reason),
                before: try row.valueIfPresent(AuditColumn.before),
                after: try row.valueIfPresent(AuditColumn.after)
            ),
            code: try row.parsed(AuditColumn.code) { AuditChain.Code(bytes: $0) }
        )
    }

    var row: [SQLValue] {
        AuditColumn.allCases.map(value(in:))
    }

    private func value(in column: AuditColumn) -> SQLValue {
        switch column {
        case .sequence: .integer(sequence)
        case .at: .integer(entry.at.milliseconds)
        case .actor: .text(entry.actor)
        case .action: .text(entry.action.rawValue)
        case .link: SQLValue(entry.link?.blob)
        case .cart: SQLValue(entry.cart?.text)
        case .reason: SQLValue(entry.reason)
        case .before: SQLValue(entry.before)
        case .after: SQLValue(entry.after)
        case .code: .bytes(code.bytes)
        }
    }
}
