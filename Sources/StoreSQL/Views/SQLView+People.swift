// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks

extension SQLiteLookups {
    package func carts(heldBy holder: Subject, before: CartVersion?, limit: Int) throws(ShareError) -> [SharedCart] {
        try ask {
            let rows = try database.cachedStatement(sql: PeopleSQL.heldCarts).all(
                [holder.description, before?.number ?? .max, limit]
            ) { row in
                (try Cart.Summary(row: row), try row.decode(String.self, atIndex: CartSummaryColumn.allCases.count))
            }
            return try rows.compactMap { summary, id in
                let grant = try database.cachedStatement(sql: PeopleSQL.grantByID).first([id], Grant.init(row:))
                return grant.map { SharedCart(summary: summary, grant: $0) }
            }
        }
    }

    package func companyUser(_ id: CompanyUserID) throws(ShareError) -> CompanyUser? {
        try ask { try database.cachedStatement(sql: PeopleSQL.companyUser).first([id.text], CompanyUser.init(row:)) }
    }

    package func companyUsers(of user: UserID) throws(ShareError) -> [CompanyUser] {
        try ask { try database.cachedStatement(sql: PeopleSQL.companyUsersOfUser).all([user.text], CompanyUser.init(row:)) }
    }

    package func companyUsers(of company: CompanyID, limit: Int) throws(ShareError) -> [CompanyUser] {
        try ask {
            try database.cachedStatement(sql: PeopleSQL.companyUsersOfCompany).all([company.text, limit], CompanyUser.init(row:))
        }
    }

    package func grant(_ id: GrantID) throws(ShareError) -> Grant? {
        try ask { try database.cachedStatement(sql: PeopleSQL.grantByID).first([id.text], Grant.init(row:)) }
    }

    package func grant(of holder: Subject, on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Grant? {
        try ask {
            let arguments: StatementArguments = [cart.text, incarnation.number, holder.description]
            return try database.cachedStatement(sql: PeopleSQL.grantOfHolder).first(arguments, Grant.init(row:))
        }
    }

    package func grants(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Grant] {
        try ask { try database.cachedStatement(sql: PeopleSQL.grantsOfCart).all([cart.text, incarnation.number], Grant.init(row:)) }
    }

    package func grantCount(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Int {
        try ask {
            let statement = try database.cachedStatement(sql: PeopleSQL.grantCount)
            return try statement.first([cart.text, incarnation.number]) { row in try row.decode(Int.self, atIndex: 0) } ?? 0
        }
    }

    package func acceptance(of link: LinkID, by holder: Subject) throws(ShareError) -> Serial? {
        try ask {
            let statement = try database.cachedStatement(sql: "SELECT serial FROM acceptance WHERE link = ? AND holder = ?")
            return try statement.first([link.blob, holder.description]) { row in Serial(try row.decode(Int64.self, atIndex: 0)) }
        }
    }

    package func comment(_ id: CommentID) throws(ShareError) -> Comment? {
        try ask { try database.cachedStatement(sql: PeopleSQL.commentByID).first([id.text], Comment.init(row:)) }
    }

    package func comments(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Comment] {
        try ask { try database.cachedStatement(sql: PeopleSQL.commentsOfCart).all([cart.text, incarnation.number], Comment.init(row:)) }
    }

    package func commentMark(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> CommentMark {
        try ask {
            let mark = try database.cachedStatement(sql: PeopleSQL.commentMark).first([cart.text, incarnation.number]) { row in
                CommentMark(count: try row.decode(Int.self, atIndex: 0), last: try row.decode(Int64.self, atIndex: 1))
            }
            return mark ?? CommentMark(count: 0, last: 0)
        }
    }
}

private enum PeopleSQL {
    static let heldCarts = """
        SELECT \(CartSummaryColumn.allCases.map { "cart.\($0)" }.joined(separator: ", ")), cartGrant.id FROM cartGrant
        JOIN cart ON cart.id = cartGrant.cart AND cart.incarnation = cartGrant.incarnation
        WHERE cartGrant.holder = ? AND cartGrant.withdrawnAt IS NULL AND cart.version < ?
        ORDER BY cart.version DESC LIMIT ?
        """
    static let companyUser = "SELECT \(CompanyUserColumn.names) FROM companyUser WHERE id = ?"
    static let companyUsersOfUser = "SELECT \(CompanyUserColumn.names) FROM companyUser WHERE user = ? ORDER BY id"
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
