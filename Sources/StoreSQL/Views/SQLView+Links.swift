// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

extension SQLiteLookups {
    package func link(_ id: LinkID) throws(ShareError) -> Link? {
        try ask { try database.cachedStatement(sql: LinkSQL.byID).first([id.blob], Link.init(row:)) }
    }

    package func snapshot(of link: LinkID) throws(ShareError) -> CartSnapshot? {
        try ask {
            let sql = "SELECT \(SnapshotColumn.names) FROM snapshot WHERE link = ?"
            return try database.cachedStatement(sql: sql).first([link.blob], CartSnapshot.init(row:))
        }
    }

    package func links(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Link] {
        try ask { try database.cachedStatement(sql: LinkSQL.byCart).all([cart.text, incarnation.number], Link.init(row:)) }
    }

    package func links(matching query: LinkQuery, at now: Timestamp, after cursor: LinkCursor?, limit: Int) throws(ShareError) -> LinkPage {
        try ask {
            // One more than asked for tells whether a next page exists.
            let request: SQL = """
                SELECT \(sql: LinkColumn.names), row FROM link
                WHERE (\(query.condition(at: now))) AND row < \(cursor?.row ?? .max) ORDER BY row DESC LIMIT \(limit + 1)
                """
            return try database.linkPage(request, limit: limit)
        }
    }

    package func unrevokedLinks(named selector: LinkSelector) throws(ShareError) -> Int {
        try ask {
            let request: SQL = "SELECT COUNT(*) FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL"
            return try SQLRequest<Int>(literal: request).fetchOne(database) ?? 0
        }
    }

    package func unrevokedLinks(named selector: LinkSelector, limit: Int) throws(ShareError) -> [LinkID] {
        try ask {
            let request: SQL = """
                SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL ORDER BY row DESC LIMIT \(limit)
                """
            return try database.all(request) { row in try row.parsed(LinkColumn.id, LinkID.init(blob:)) }
        }
    }

    package func grantsToWithdraw(named selector: LinkSelector) throws(ShareError) -> Int {
        try ask {
            // First what may be concerned, by index; then what of it would be left with nothing.
            let links: SQL = "SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL"
            let direct = selector.directGrants ?? "FALSE"
            let request: SQL = """
                SELECT COUNT(*) FROM cartGrant WHERE withdrawnAt IS NULL AND row IN (
                    SELECT row FROM cartGrant WHERE readOnlyTitle IN (\(links))
                    UNION SELECT row FROM cartGrant WHERE fullTitle IN (\(links))
                    UNION SELECT row FROM cartGrant WHERE \(direct)
                ) AND ((\(direct)) OR (
                    (readOnlyTitle IS NULL OR readOnlyTitle IN (\(links))) AND (fullTitle IS NULL OR fullTitle IN (\(links)))
                ))
                """
            return try SQLRequest<Int>(literal: request).fetchOne(database) ?? 0
        }
    }

    package func liveLinks(of cart: CartID, in incarnation: Incarnation, at now: Timestamp) throws(ShareError) -> Int {
        try ask {
            let sql = "SELECT COUNT(*) FROM link WHERE cart = ? AND incarnation = ? AND revokedAt IS NULL AND expiresAt > ?"
            return try database.count(sql, [cart.text, incarnation.number, now.milliseconds])
        }
    }

    package func snapshotCount(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Int {
        try ask {
            let sql = "SELECT COUNT(*) FROM link WHERE cart = ? AND incarnation = ? AND revokedAt IS NULL AND isSnapshot"
            return try database.count(sql, [cart.text, incarnation.number])
        }
    }

    package func liveLinks(of key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError) -> Int {
        try ask {
            let sql = "SELECT COUNT(*) FROM link WHERE fingerprint = ? AND revokedAt IS NULL AND expiresAt > ?"
            return try database.count(sql, [key.text, now.milliseconds])
        }
    }
}

extension Database {
    /// - Parameter request: links with their rows behind their columns, one more than `limit` where there are as many.
    func linkPage(_ request: SQL, limit: Int) throws -> LinkPage {
        let found = try all(request) { row in
            (link: try Link(row: row), row: try row.decode(Int64.self, atIndex: LinkColumn.allCases.count))
        }
        let shown = found.prefix(limit)
        return LinkPage(links: shown.map(\.link), next: found.count > limit ? shown.last.map { LinkCursor(row: $0.row) } : nil)
    }

    fileprivate func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try Int.fetchOne(cachedStatement(sql: sql), arguments: arguments) ?? 0
    }
}

private enum LinkSQL {
    static let byID = "SELECT \(LinkColumn.names) FROM link WHERE id = ?"
    static let byCart = "SELECT \(LinkColumn.names) FROM link WHERE cart = ? AND incarnation = ? ORDER BY row DESC"
}
