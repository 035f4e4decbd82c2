// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

extension SQLiteTransaction {
    func put(_ user: CompanyUser) throws(ShareError) {
        // What was learned from a login judges nobody.
        if user.source == .shop { touched.insert(.everything) }
        try change(PeopleChangeSQL.putCompanyUser, user.row)
    }

    /// A person has one grant on a life of a cart: a new one takes the place of the one that was withdrawn.
    func put(_ grant: Grant) throws(ShareError) {
        touched.insert(.cart(grant.cart))
        // Another grant is a new row, so that lists have it among the newest.
        let arguments: StatementArguments = [grant.cart.text, grant.incarnation.number, grant.holder.description, grant.id.text]
        try change("DELETE FROM cartGrant WHERE cart = ? AND incarnation = ? AND holder = ? AND id <> ?", arguments)
        try change(PeopleChangeSQL.putGrant, grant.row)
    }

    func remember(acceptanceOf link: LinkID, by holder: Subject, at serial: Serial) throws(ShareError) {
        let sql = "INSERT INTO acceptance (link, holder, serial) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        try change(sql, [link.blob, holder.description, serial.number])
    }

    func withdrawGrants(heldBy holder: Subject, at now: Timestamp) throws(ShareError) -> Int {
        touched.insert(.everything)
        let sql = "UPDATE cartGrant SET readOnlyTitle = NULL, fullTitle = NULL, withdrawnAt = ? WHERE holder = ? AND withdrawnAt IS NULL"
        try change(sql, [now.milliseconds, holder.description])
        return database.changesCount
    }

    func withdrawGrants(named selector: LinkSelector, decision: Serial, at now: Timestamp) throws(ShareError) -> Int {
        try touch(selector)
        return try ask {
            for column in [GrantColumn.readOnlyTitle, .fullTitle] {
                let loseTitle: SQL = """
                    UPDATE cartGrant SET \(sql: "\(column)") = NULL, decidedAt = \(decision.number)
                    WHERE \(sql: "\(column)") IN (SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL)
                    """
                try database.execute(literal: loseTitle)
            }
            if let condition = selector.directGrants {
                let loseAll: SQL = """
                    UPDATE cartGrant SET readOnlyTitle = NULL, fullTitle = NULL, decidedAt = \(decision.number)
                    WHERE (\(condition)) AND withdrawnAt IS NULL
                    """
                try database.execute(literal: loseAll)
            }
            let withdraw: SQL = """
                UPDATE cartGrant SET withdrawnAt = \(now.milliseconds)
                WHERE readOnlyTitle IS NULL AND fullTitle IS NULL AND withdrawnAt IS NULL
                """
            try database.execute(literal: withdraw)
            return database.changesCount
        }
    }

    func holdLinks(by author: CompanyUserID, unless member: Person?) throws(ShareError) {
        touched.insert(.everything)
        try change(PeopleChangeSQL.holdLinks, [author.text, member?.userID.text, member?.companyID?.text])
        guard let member else { return }
        try change(PeopleChangeSQL.releaseLinks, [author.text, member.userID.text, member.companyID?.text])
    }

    func endLife(of cart: CartID) throws(ShareError) {
        touched.insert(.cart(cart))
        try change("DELETE FROM cartGrant WHERE cart = ?", [cart.text])
        try change("DELETE FROM comment WHERE cart = ?", [cart.text])
        try change("DELETE FROM acceptance WHERE link IN (SELECT id FROM link WHERE cart = ?)", [cart.text])
        try ask { try deleteSnapshots(of: "SELECT id FROM link WHERE cart = \(cart.text)") }
    }

    func insert(_ comment: Comment) throws(ShareError) {
        touched.insert(.cart(comment.cart))
        try change("INSERT INTO comment (\(CommentColumn.names)) VALUES (\(CommentColumn.places))", comment.row)
    }

    func deleteComment(_ id: CommentID) throws(ShareError) {
        if let comment = try comment(id) { touched.insert(.cart(comment.cart)) }
        try change("DELETE FROM comment WHERE id = ?", [id.text])
    }
}

private enum PeopleChangeSQL {
    static let putCompanyUser = """
        INSERT INTO companyUser (\(CompanyUserColumn.names)) VALUES (\(CompanyUserColumn.places)) ON CONFLICT (id) DO UPDATE SET \
        \(CompanyUserColumn.allCases.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
    static let putGrant = """
        INSERT INTO cartGrant (\(GrantColumn.names)) VALUES (\(GrantColumn.places)) \
        ON CONFLICT (cart, incarnation, holder) DO UPDATE SET \
        \(GrantColumn.allCases.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
    private static let directoryPause = Set([PauseHolder.directory]).bits
    static let holdLinks = """
        UPDATE link SET pauses = pauses | \(directoryPause)
        WHERE authorCompanyUser = ?1 AND revokedAt IS NULL AND NOT (authorUser IS ?2 AND authorCompany IS ?3)
        """
    static let releaseLinks = """
        UPDATE link SET pauses = pauses & ~\(directoryPause)
        WHERE authorCompanyUser = ?1 AND revokedAt IS NULL AND authorUser IS ?2 AND authorCompany IS ?3
        """
}
