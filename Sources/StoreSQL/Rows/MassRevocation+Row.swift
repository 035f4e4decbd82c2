// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum MassColumn: Int, TableColumn {
    case webhook, selector, at, links, cursor
}

extension MassRevocation {
    /// One that may have been told in part: with the row of the link that was told last.
    static func started(row: any SQLRow) throws -> (revocation: MassRevocation, cursor: Int64?) {
        let revocation = MassRevocation(
            webhook: try row.parsed(MassColumn.webhook) { WebhookID($0 as String) },
            selector: try row.parsed(MassColumn.selector, LinkSelector.init(text:)),
            at: try row.timestamp(MassColumn.at),
            links: try row.value(MassColumn.links)
        )
        return (revocation, try row.valueIfPresent(MassColumn.cursor))
    }

    /// The columns before `cursor`.
    var row: [SQLValue] { [.text(webhook.text), .text(selector.text), .integer(at.milliseconds), SQLValue(links)] }
}
