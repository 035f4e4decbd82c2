// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

extension AuditQuery {
    var condition: SQL {
        var parts: [SQL] = ["TRUE"]
        if let link { parts.append("link = \(link.blob)") }
        if let cart { parts.append("cart = \(cart.text)") }
        if let actor { parts.append("actor = \(actor)") }
        if let from { parts.append("at >= \(from.milliseconds)") }
        if let to { parts.append("at < \(to.milliseconds)") }
        return parts.joined(separator: " AND ")
    }
}
