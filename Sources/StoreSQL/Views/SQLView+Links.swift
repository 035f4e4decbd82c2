// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLLookups {
    package func link(_ id: LinkID) throws(ShareError) -> Link? {
        try first(LinkSQL.byID, [.bytes(id.blob)], Link.init(row:))
    }

    package func snapshot(of link: LinkID) throws(ShareError) -> CartSnapshot? {
        try first(LinkSQL.snapshot, [.bytes(link.blob)], CartSnapshot.init(row:))
    }

    package func links(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Link] {
        try all(LinkSQL.byCart, [.text(cart.text), .integer(incarnation.number)], Link.init(row:))
    }

    package func links(matching query: LinkQuery, at now: Timestamp, after cursor: LinkCursor?, limit: Int) throws(ShareError) -> LinkPage {
        // One more than asked for tells whether a next page exists.
        let request: SQLStatement = """
            SELECT \(sql: LinkColumn.names), row FROM link
            WHERE (\(query.condition(at: now))) AND row < \(cursor?.row ?? .max) ORDER BY row DESC LIMIT \(limit + 1)
            """
        return try linkPage(request, limit: limit)
    }

    /// - Parameter request: links with their rows behind their columns, one more than `limit` where there are as many.
    func linkPage(_ request: SQLStatement, limit: Int) throws(ShareError) -> LinkPage {
        let found = try all(request) { row in (link: try Link(row: row), row: try row.integer(at: LinkColumn.allCases.count)) }
        let shown = found.prefix(limit)
        return LinkPage(links: shown.map(\.link), next: found.count > limit ? shown.last?.row.map(LinkCursor.init(row:)) : nil)
    }

    package func unrevokedLinks(named selector: LinkSelector) throws(ShareError) -> Int {
        try count("SELECT COUNT(*) FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL")
    }

    package func unrevokedLinks(named selector: LinkSelector, limit: Int) throws(ShareError) -> [LinkID] {
        let request: SQLStatement = """
            SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL ORDER BY row DESC LIMIT \(limit)
            """
        return try all(request) { row in try row.parsed(LinkColumn.id, LinkID.init(blob:)) }
    }

    package func grantsToWithdraw(named selector: LinkSelector) throws(ShareError) -> Int {
        // First what may be concerned, by index; then what of it would be left with nothing.
        let links: SQLStatement = "SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL"
        let direct = selector.directGrants ?? "FALSE"
        return try count(
            """
            SELECT COUNT(*) FROM cartGrant WHERE withdrawnAt IS NULL AND row IN (
                SELECT row FROM cartGrant WHERE readOnlyTitle IN (\(links))
                UNION SELECT row FROM cartGrant WHERE fullTitle IN (\(links))
                UNION SELECT row FROM cartGrant WHERE \(direct)
            ) AND ((\(direct)) OR (
                (readOnlyTitle IS NULL OR readOnlyTitle IN (\(links))) AND (fullTitle IS NULL OR fullTitle IN (\(links)))
            ))
            """
        )
    }

    package func liveLinks(of cart: CartID, in incarnation: Incarnation, at now: Timestamp) throws(ShareError) -> Int {
        let sql = "SELECT COUNT(*) FROM link WHERE cart = ? AND incarnation = ? AND revokedAt IS NULL AND expiresAt > ?"
        return try count(SQLStatement(sql, [.text(cart.text), .integer(incarnation.number), .integer(now.milliseconds)]))
    }

    package func snapshotCount(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Int {
        let sql = "SELECT COUNT(*) FROM link WHERE cart = ? AND incarnation = ? AND revokedAt IS NULL AND isSnapshot"
        return try count(SQLStatement(sql, [.text(cart.text), .integer(incarnation.number)]))
    }

    package func liveLinks(of key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError) -> Int {
        let sql = "SELECT COUNT(*) FROM link WHERE fingerprint = ? AND revokedAt IS NULL AND expiresAt > ?"
        return try count(SQLStatement(sql, [.text(key.text), .integer(now.milliseconds)]))
    }
}

private enum LinkSQL {
    static let byID = "SELECT \(LinkColumn.names) FROM link WHERE id = ?"
    static let byCart = "SELECT \(LinkColumn.names) FROM link WHERE cart = ? AND incarnation = ? ORDER BY row DESC"
    static let snapshot = "SELECT \(SnapshotColumn.names) FROM snapshot WHERE link = ?"
}
