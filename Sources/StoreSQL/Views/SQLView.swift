// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import ShareLinks

/// What can be looked up through one connection, inside a transaction that is open.
protocol SQLiteLookups: StoreView {
    var database: Database { get }
    /// Turns what a look-up ran into into the error for its caller.
    func failure(_ error: any Error) -> ShareError
}

/// One consistent state, on a connection that only reads.
struct SQLiteView: SQLiteLookups {
    let database: Database

    func failure(_ error: any Error) -> ShareError { ShareError(sqlite: error) }
}

extension SQLiteLookups {
    func ask<Answer>(_ question: () throws -> Answer) throws(ShareError) -> Answer {
        do { return try question() } catch { throw failure(error) }
    }

    package func cart(_ id: CartID) throws(ShareError) -> Cart? { try storedCart(id) }

    func storedCart(_ id: CartID) throws(ShareError) -> Cart? {
        try ask { try database.cachedStatement(sql: CartSQL.byID).first([id.text], Cart.init(row:)) }
    }

    package func carts(of person: Person, before: CartVersion?, limit: Int) throws(ShareError) -> [Cart.Summary] {
        try ask {
            try database.cachedStatement(sql: CartSQL.byOwner).all(
                [
                    person.userID.text, person.companyUserID?.text, person.companyID?.text, person.companyID?.text, before?.number ?? .max,
                    limit,
                ],
                Cart.Summary.init(row:)
            )
        }
    }

    package func issue(for key: IdempotencyKey, since: Timestamp) throws(ShareError) -> IdempotentIssue? {
        try ask {
            let sql = "SELECT requestHash, link FROM issue WHERE caller = ? AND cart = ? AND subject = ? AND text = ? AND at >= ?"
            let arguments: StatementArguments = [key.caller, key.cart.text, key.subject, key.text, since.milliseconds]
            return try database.cachedStatement(sql: sql).first(arguments, IdempotentIssue.init(row:))
        }
    }

    package func knownKeys() throws(ShareError) -> [KnownKey] {
        try ask {
            let sql = "SELECT \(KeyColumn.names) FROM linkKey ORDER BY firstSeen, slot, fingerprint"
            return try database.cachedStatement(sql: sql).all([], KnownKey.init(row:))
        }
    }

    package func audit(matching query: AuditQuery, after sequence: Int64?, limit: Int) throws(ShareError) -> [AuditRecord] {
        try ask {
            let place: SQL =
                switch query.order {
                case .oldestFirst: "sequence > \(sequence ?? 0) AND \(query.condition) ORDER BY sequence"
                case .newestFirst: "sequence < \(sequence ?? .max) AND \(query.condition) ORDER BY sequence DESC"
                }
            let request: SQL = "SELECT \(sql: AuditColumn.names) FROM audit WHERE \(place) LIMIT \(limit)"
            return try database.all(request, AuditRecord.init(row:))
        }
    }
}

private enum CartSQL {
    static let byID = "SELECT \(CartColumn.names) FROM cart WHERE id = ?"

    /// The rule of ``Cart/isOwned(by:)``: a cart of a company belongs to the same company user only.
    static let byOwner = """
        SELECT \(CartSummaryColumn.names) FROM cart
        WHERE ownerUser = ?
            AND ((ownerCompanyUser IS NULL AND ownerCompany IS NULL) OR ownerCompanyUser = ?)
            AND (ownerCompany IS NULL OR ? IS NULL OR ownerCompany = ?) AND version < ?
        ORDER BY version DESC LIMIT ?
        """
}
