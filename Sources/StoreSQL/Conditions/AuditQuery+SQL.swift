// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension AuditQuery {
    var condition: SQLStatement {
        var parts: [SQLStatement] = ["TRUE"]
        if let link { parts.append(.about(link)) }
        if let cart { parts.append("cart = \(cart.text)") }
        if let actor { parts.append("actor = \(actor)") }
        if let from { parts.append("at >= \(from.milliseconds)") }
        if let to { parts.append("at < \(to.milliseconds)") }
        return parts.joined(separator: " AND ")
    }
}

extension SQLStatement {
    /// Rows about one link: its own, and that of the bulk change which revoked it.
    fileprivate static func about(_ link: LinkID) -> SQLStatement {
        let bulk = AuditEntry.Action.ofManyLinks.map(\.rawValue)
        return """
            (link = \(link.blob) OR (link IS NULL AND action IN \(bulk)
                AND at = (SELECT revokedAt FROM link WHERE id = \(link.blob))))
            """
    }
}
