// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import Logging
import NIOCore
import SQLiteStore
import ShareLinks

extension TestShop {
    enum Listener: Sendable { case `public`, admin }

    /// Sends one request through a listener's whole router.
    func send(
        _ method: HTTPRequest.Method = .get,
        _ path: String,
        by caller: TestCaller = .stranger,
        headers more: HTTPFields = [:],
        json: String? = nil,
        to listener: Listener = .public
    ) async throws -> TestResponse {
        var fields = try caller.headers()
        if json != nil { fields[.contentType] = "application/json" }
        for field in more { fields.append(field) }
        let headers = fields
        let router = listener == .public ? server.publicRouter() : server.adminRouter()
        var logger = Logger(label: "tests") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        let quiet = logger
        return try await Application(router: router, logger: quiet).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: headers, body: json.map { ByteBuffer(string: $0) })
        }
    }

    @discardableResult func push(
        _ document: String = #"{"currency":"EUR"}"#,
        as id: String = "cart-1",
        owner: Person? = People.owner,
        format: CartFormat = .cartlink
    ) async throws -> Cart {
        let push = CartPush(id: CartID(id)!, format: format, owner: owner, name: nil, document: Array(document.utf8))
        return try await sharing.push(push, by: Self.storefront, at: clock.now).cart
    }

    /// Issues a link and answers it with its token's text.
    func issue(
        _ order: LinkOrder = LinkOrder(audience: .external, access: .readOnly, showPrices: true),
        to cart: String = "cart-1",
        by owner: Person? = People.owner
    ) async throws -> (link: Link, token: String) {
        var order = order
        let caller: Caller = owner.map(Caller.person) ?? .service(Self.storefront)
        if owner == nil { order.onBehalfOf = nil }
        let link = try await sharing.issue(
            order,
            to: CartID(cart)!,
            by: caller,
            asShownToGuests: { cart, showPrices throws(ShareError) in try server.projections.shownToGuests(cart, showPrices: showPrices) },
            at: clock.now
        )
        return (link, sharing.token(of: link)!.text)
    }

    static let storefront = ServiceAccount(name: "storefront", scopes: [.writeCarts, .issueLinks])

    /// How many rows the audit has: what changes nothing adds none.
    func auditCount() async throws -> Int {
        try await store.read { view throws(ShareError) in try view.audit(matching: AuditQuery(), after: 0, limit: 1000).count }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))) as? [String: Any] ?? [:]
    }

    /// The `code` of a problem.
    var code: String? { json["code"] as? String }

    /// The fields that a problem complains of, as `pointer reason`.
    var errors: [String] {
        (json["errors"] as? [[String: String]] ?? []).map { "\($0["pointer"] ?? "?"): \($0["reason"] ?? "?")" }
    }
}
