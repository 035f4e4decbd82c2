// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// What can be looked up inside a transaction that is open.
package protocol SQLLookups: StoreView {
    var session: any SQLSession { get }
    /// Turns what a look-up ran into into the error for its caller.
    func failure(_ error: any Error) -> ShareError
}

/// One consistent state.
package struct SQLView: SQLLookups {
    package let session: any SQLSession

    package init(session: any SQLSession) { self.session = session }
}

extension SQLLookups {
    package func failure(_ error: any Error) -> ShareError { session.shareError(error) }

    func ask<Answer>(_ question: () throws -> Answer) throws(ShareError) -> Answer {
        do { return try question() } catch { throw failure(error) }
    }

    func first<Value>(
        _ sql: String,
        _ values: [SQLValue],
        _ make: (any SQLRow) throws -> Value
    ) throws(ShareError) -> Value? {
        try ask { try session.first(SQLStatement(sql, values), make) }
    }

    func all<Value>(_ sql: String, _ values: [SQLValue], _ make: (any SQLRow) throws -> Value) throws(ShareError) -> [Value] {
        try all(SQLStatement(sql, values), make)
    }

    func all<Value>(_ statement: SQLStatement, _ make: (any SQLRow) throws -> Value) throws(ShareError) -> [Value] {
        try ask { try session.rows(statement, make) }
    }

    /// The first row's first column, or nothing.
    func number(_ sql: String, _ values: [SQLValue]) throws(ShareError) -> Int64? {
        try ask { try session.integer(SQLStatement(sql, values)) }
    }

    func count(_ statement: SQLStatement) throws(ShareError) -> Int {
        try ask { Int(try session.integer(statement) ?? 0) }
    }

    package func cart(_ id: CartID) throws(ShareError) -> Cart? { try storedCart(id) }

    package func cart(at id: PlatformCartID) throws(ShareError) -> Cart? {
        try first(CartSQL.byPlatformKey, [.text(id.key)], Cart.init(row:))
    }

    func storedCart(_ id: CartID) throws(ShareError) -> Cart? {
        try first(CartSQL.byID, [.text(id.text)], Cart.init(row:))
    }

    package func carts(of person: Person, before: CartVersion?, limit: Int) throws(ShareError) -> [Cart.Summary] {
        let values: [SQLValue] = [
            .text(person.userID.text), SQLValue(person.companyUserID?.text), SQLValue(person.companyID?.text),
            .integer(before?.number ?? .max), SQLValue(limit),
        ]
        return try all(CartSQL.byOwner, values, Cart.Summary.init(row:))
    }

    package func issue(for key: IdempotencyKey, since: Timestamp) throws(ShareError) -> IdempotentIssue? {
        let sql = "SELECT \(IssueColumn.names) FROM issue WHERE caller = ? AND cart = ? AND subject = ? AND text = ? AND at >= ?"
        let values: [SQLValue] = [
            .text(key.caller), .text(key.cart.text), .text(key.subject), .text(key.text), .integer(since.milliseconds),
        ]
        return try first(sql, values, IdempotentIssue.init(row:))
    }

    package func knownKeys() throws(ShareError) -> [KnownKey] {
        try all("SELECT \(KeyColumn.names) FROM linkKey ORDER BY firstSeen, slot, fingerprint", [], KnownKey.init(row:))
    }

    package func audit(matching query: AuditQuery, after sequence: Int64?, limit: Int) throws(ShareError) -> [AuditRecord] {
        let place: SQLStatement =
            switch query.order {
            case .oldestFirst: "sequence > \(sequence ?? 0) AND \(query.condition) ORDER BY sequence"
            case .newestFirst: "sequence < \(sequence ?? .max) AND \(query.condition) ORDER BY sequence DESC"
            }
        return try all("SELECT \(sql: AuditColumn.names) FROM audit WHERE \(place) LIMIT \(limit)", AuditRecord.init(row:))
    }
}

private enum CartSQL {
    static let byPlatformKey = "SELECT \(CartColumn.names) FROM cart WHERE platformKey = ?"
    static let byID = "SELECT \(CartColumn.names) FROM cart WHERE id = ?"

    /// The rule of ``Cart/isOwned(by:)``: a cart of a company belongs to the same company user only.
    static let byOwner = """
        SELECT \(CartSummaryColumn.names) FROM cart
        WHERE ownerUser = ?1
            AND ((ownerCompanyUser IS NULL AND ownerCompany IS NULL) OR ownerCompanyUser = ?2)
            AND (ownerCompany IS NULL OR ownerCompany = ?3 OR ?3 IS NULL) AND version < ?4
        ORDER BY version DESC LIMIT ?5
        """
}
