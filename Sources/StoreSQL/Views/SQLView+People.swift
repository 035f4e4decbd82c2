// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLLookups {
    package func carts(heldBy holder: Subject, before: CartVersion?, limit: Int) throws(ShareError) -> [SharedCart] {
        let values: [SQLValue] = [.text(holder.description), .integer(before?.number ?? .max), SQLValue(limit)]
        let rows = try all(PeopleSQL.heldCarts, values) { row in
            (try Cart.Summary(row: row), grant: try row.text(at: CartSummaryColumn.allCases.count))
        }
        var carts: [SharedCart] = []
        for (summary, id) in rows {
            guard let grant = try first(PeopleSQL.grantByID, [SQLValue(id)], Grant.init(row:)) else { continue }
            carts.append(SharedCart(summary: summary, grant: grant))
        }
        return carts
    }

    package func companyUser(_ id: CompanyUserID) throws(ShareError) -> CompanyUser? {
        try first(PeopleSQL.companyUser, [.text(id.text)], CompanyUser.init(row:))
    }

    package func companyUsers(of user: UserID) throws(ShareError) -> [CompanyUser] {
        try all(PeopleSQL.companyUsersOfUser, [.text(user.text)], CompanyUser.init(row:))
    }

    package func companyUsers(of company: CompanyID, limit: Int) throws(ShareError) -> [CompanyUser] {
        try all(PeopleSQL.companyUsersOfCompany, [.text(company.text), SQLValue(limit)], CompanyUser.init(row:))
    }

    package func grant(_ id: GrantID) throws(ShareError) -> Grant? {
        try first(PeopleSQL.grantByID, [.text(id.text)], Grant.init(row:))
    }

    package func grant(of holder: Subject, on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Grant? {
        let values: [SQLValue] = [.text(cart.text), .integer(incarnation.number), .text(holder.description)]
        return try first(PeopleSQL.grantOfHolder, values, Grant.init(row:))
    }

    package func grants(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Grant] {
        try all(PeopleSQL.grantsOfCart, [.text(cart.text), .integer(incarnation.number)], Grant.init(row:))
    }

    package func grantCount(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Int {
        try count(SQLStatement(PeopleSQL.grantCount, [.text(cart.text), .integer(incarnation.number)]))
    }

    package func acceptance(of link: LinkID, by holder: Subject) throws(ShareError) -> Serial? {
        let sql = "SELECT serial FROM acceptance WHERE link = ? AND holder = ?"
        return try number(sql, [.bytes(link.blob), .text(holder.description)]).map(Serial.init)
    }

    package func comment(_ id: CommentID) throws(ShareError) -> Comment? {
        try first(PeopleSQL.commentByID, [.text(id.text)], Comment.init(row:))
    }

    package func comments(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Comment] {
        try all(PeopleSQL.commentsOfCart, [.text(cart.text), .integer(incarnation.number)], Comment.init(row:))
    }

    package func commentMark(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> CommentMark {
        let mark = try first(PeopleSQL.commentMark, [.text(cart.text), .integer(incarnation.number)]) { row in
            CommentMark(count: Int(try row.integer(at: 0) ?? 0), last: try row.integer(at: 1) ?? 0)
        }
        return mark ?? CommentMark(count: 0, last: 0)
    }
}

private enum PeopleSQL {
    static let heldCarts = """
        SELECT \(CartSummaryColumn.allCases.map { "cart.\($0.name)" }.joined(separator: ", ")), cartGrant.id FROM cartGrant
        JOIN cart ON cart.id = cartGrant.cart AND cart.incarnation = cartGrant.incarnation
        WHERE cartGrant.holder = ? AND cartGrant.withdrawnAt IS NULL AND cart.version < ?
        ORDER BY cart.version DESC LIMIT ?
        """
    static let companyUser = "SELECT \(CompanyUserColumn.names) FROM companyUser WHERE id = ?"
    static let companyUsersOfUser = """
        SELECT \(CompanyUserColumn.names) FROM companyUser WHERE \(CompanyUserColumn.user.name) = ? ORDER BY id
        """
    static let companyUsersOfCompany = """
        SELECT \(CompanyUserColumn.names) FROM companyUser WHERE company = ? AND status = 'active' ORDER BY id LIMIT ?
        """
    static let grantByID = "SELECT \(GrantColumn.names) FROM cartGrant WHERE id = ?"
    static let grantOfHolder = "SELECT \(GrantColumn.names) FROM cartGrant WHERE cart = ? AND incarnation = ? AND holder = ?"
    static let grantsOfCart = """
        SELECT \(GrantColumn.names) FROM cartGrant WHERE cart = ? AND incarnation = ? AND withdrawnAt IS NULL ORDER BY row DESC
        """
    static let grantCount = "SELECT COUNT(*) FROM cartGrant WHERE cart = ? AND incarnation = ? AND withdrawnAt IS NULL"
    static let commentByID = "SELECT \(CommentColumn.names) FROM comment WHERE id = ?"
    static let commentsOfCart = "SELECT \(CommentColumn.names) FROM comment WHERE cart = ? AND incarnation = ? ORDER BY row"
    static let commentMark = "SELECT COUNT(*), coalesce(max(row), 0) FROM comment WHERE cart = ? AND incarnation = ?"
}
