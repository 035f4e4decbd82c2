// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLTransaction {
    package func put(_ user: CompanyUser) throws(ShareError) {
        // What was learned from a login judges nobody.
        if user.source == .shop { touched.insert(.everything) }
        try execute(PeopleChangeSQL.putCompanyUser, user.row)
    }

    /// A person has one grant on a life of a cart: a new one takes the place of the one that was withdrawn.
    package func put(_ grant: Grant) throws(ShareError) {
        touched.insert(.cart(grant.cart))
        // Another grant is a new row, so that lists have it among the newest.
        try execute(
            "DELETE FROM cartGrant WHERE cart = ? AND incarnation = ? AND holder = ? AND id <> ?",
            [.text(grant.cart.text), .integer(grant.incarnation.number), .text(grant.holder.description), .text(grant.id.text)]
        )
        try execute(PeopleChangeSQL.putGrant, grant.row)
    }

    package func remember(acceptanceOf link: LinkID, by holder: Subject, at serial: Serial) throws(ShareError) {
        let sql = "INSERT INTO acceptance (\(AcceptanceColumn.names)) VALUES (\(AcceptanceColumn.places)) ON CONFLICT DO NOTHING"
        try execute(sql, [.bytes(link.blob), .text(holder.description), .integer(serial.number)])
    }

    package func withdrawGrants(heldBy holder: Subject, at now: Timestamp) throws(ShareError) -> Int {
        touched.insert(.everything)
        let sql = "UPDATE cartGrant SET readOnlyTitle = NULL, fullTitle = NULL, withdrawnAt = ? WHERE holder = ? AND withdrawnAt IS NULL"
        return try change(sql, [.integer(now.milliseconds), .text(holder.description)])
    }

    package func withdrawGrants(named selector: LinkSelector, decision: Serial, at now: Timestamp) throws(ShareError) -> Int {
        try touch(selector)
        for column in [GrantColumn.readOnlyTitle, .fullTitle] {
            try execute(
                """
                UPDATE cartGrant SET \(sql: column.name) = NULL, decidedAt = \(decision.number)
                WHERE \(sql: column.name) IN (SELECT id FROM link WHERE (\(selector.condition)) AND revokedAt IS NULL)
                """
            )
        }
        if let condition = selector.directGrants {
            try execute(
                """
                UPDATE cartGrant SET readOnlyTitle = NULL, fullTitle = NULL, decidedAt = \(decision.number)
                WHERE (\(condition)) AND withdrawnAt IS NULL
                """
            )
        }
        return try change(
            """
            UPDATE cartGrant SET withdrawnAt = \(now.milliseconds)
            WHERE readOnlyTitle IS NULL AND fullTitle IS NULL AND withdrawnAt IS NULL
            """
        )
    }

    package func holdLinks(by author: CompanyUserID, unless member: Person?) throws(ShareError) {
        touched.insert(.everything)
        let values = [.text(author.text), SQLValue(member?.userID.text), SQLValue(member?.companyID?.text)]
        try execute(PeopleChangeSQL.holdLinks, values)
        if member != nil { try execute(PeopleChangeSQL.releaseLinks, values) }
    }

    package func endLife(of cart: CartID) throws(ShareError) {
        touched.insert(.cart(cart))
        let id = SQLValue.text(cart.text)
        try execute("DELETE FROM cartGrant WHERE cart = ?", [id])
        try execute("DELETE FROM comment WHERE cart = ?", [id])
        try execute("DELETE FROM acceptance WHERE link IN (SELECT id FROM link WHERE cart = ?)", [id])
        try deleteSnapshots(of: "SELECT id FROM link WHERE cart = \(id)")
    }

    package func insert(_ comment: Comment) throws(ShareError) {
        touched.insert(.cart(comment.cart))
        try execute("INSERT INTO comment (\(CommentColumn.names)) VALUES (\(CommentColumn.places))", comment.row)
    }

    package func deleteComment(_ id: CommentID) throws(ShareError) {
        if let comment = try comment(id) { touched.insert(.cart(comment.cart)) }
        try execute("DELETE FROM comment WHERE id = ?", [.text(id.text)])
    }
}

private enum PeopleChangeSQL {
    static let putCompanyUser = """
        INSERT INTO companyUser (\(CompanyUserColumn.names)) VALUES (\(CompanyUserColumn.places)) \
        ON CONFLICT (id) DO UPDATE SET \(CompanyUserColumn.overwritten)
        """
    static let putGrant = """
        INSERT INTO cartGrant (\(GrantColumn.names)) VALUES (\(GrantColumn.places)) \
        ON CONFLICT (cart, incarnation, holder) DO UPDATE SET \(GrantColumn.overwritten)
        """
    private static let directoryPause = Set([PauseHolder.directory]).bits
    private static let isMember = "authorUser IS NOT DISTINCT FROM ?2 AND authorCompany IS NOT DISTINCT FROM ?3"
    static let holdLinks = """
        UPDATE link SET pauses = pauses | \(directoryPause)
        WHERE authorCompanyUser = ?1 AND revokedAt IS NULL AND NOT (\(isMember))
        """
    static let releaseLinks = """
        UPDATE link SET pauses = pauses & ~\(directoryPause)
        WHERE authorCompanyUser = ?1 AND revokedAt IS NULL AND \(isMember)
        """
}
