// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLLookups {
    package func portion(after place: Distrust.Place, limit: Int) throws(ShareError) -> Distrust.Portion {
        let end = { (table: String, last: Int64) throws(ShareError) -> Int64 in
            try self.number(DistrustSQL.lastRow(of: table), [.integer(last), SQLValue(limit)]) ?? last
        }
        let values: [SQLValue] = [.text(place.companyUser), SQLValue(limit)]
        let companyUser = try first(DistrustSQL.lastCompanyUser, values) { row in try row.text(at: 0) }
        return Distrust.Portion(
            start: place,
            end: Distrust.Place(
                link: try end("link", place.link),
                grant: try end("cartGrant", place.grant),
                companyUser: (companyUser ?? nil) ?? place.companyUser
            )
        )
    }

    package func count(_ distrust: Distrust, in portion: Distrust.Portion) throws(ShareError) -> Distrust.Counts {
        Distrust.Counts(
            links: try count("SELECT COUNT(*) FROM link WHERE \(distrust.links(in: portion))"),
            grants: try count("SELECT COUNT(*) FROM cartGrant WHERE \(distrust.grants(in: portion))"),
            companyUsers: try count("SELECT COUNT(*) FROM companyUser WHERE \(distrust.companyUsers(in: portion))")
        )
    }
}

extension Distrust {
    /// An administrator's hold lies on them already where this was done before.
    func links(in portion: Portion) -> SQLStatement {
        """
        row > \(portion.start.link) AND row <= \(portion.end.link) AND createdAt < \(time.milliseconds)
        AND revokedAt IS NULL AND expiresAt > \(now.milliseconds) AND (pauses & \(Self.hold)) = 0
        """
    }

    func grants(in portion: Portion) -> SQLStatement {
        """
        row > \(portion.start.grant) AND row <= \(portion.end.grant) AND createdAt < \(time.milliseconds)
        AND withdrawnAt IS NULL AND suspendedAt IS NULL
        """
    }

    /// Nobody knows when the shop entered them. What was learned from logins judges nobody.
    func companyUsers(in portion: Portion) -> SQLStatement {
        """
        id > \(portion.start.companyUser) AND id <= \(portion.end.companyUser)
        AND status = \(CompanyUser.Status.active.rawValue) AND source = \(CompanyUser.Source.shop.rawValue)
        """
    }

    static let hold = Set([PauseHolder.admin]).bits
}

private enum DistrustSQL {
    static func lastRow(of table: String) -> String {
        "SELECT max(row) FROM (SELECT row FROM \(table) WHERE row > ? ORDER BY row LIMIT ?) AS portion"
    }
    static let lastCompanyUser = """
        SELECT max(id) FROM (SELECT id FROM companyUser WHERE id > ? ORDER BY id LIMIT ?) AS portion
        """
}
