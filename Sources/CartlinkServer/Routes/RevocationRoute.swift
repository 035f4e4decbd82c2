// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `POST /admin/v1/revocations`: takes many links away at once, after a dry run has counted them.
struct RevocationRoute: RouteGroup {
    let administration: Administration
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/admin/v1/revocations", use: revoke)
    }

    @Sendable private func revoke(_ request: Request, _ context: ServerContext) async throws -> Response {
        let admin = try await authenticator.administrator(of: request, on: context, at: now())
        let order = try RevocationOrder(body: try await request.jsonBody())
        let done = try await administration.revokeAll(
            order.selector,
            expected: order.expected,
            isDryRun: order.isDryRun,
            by: admin,
            reason: order.reason,
            at: now()
        )
        return Answer.json(
            .object([
                ("revoked", .number(Int64(done.revoked))),
                ("withdrawnGrants", .number(Int64(done.withdrawnGrants))),
                ("sample", .array(done.sample.map { JSON.string($0.description) })),
                ("dryRun", .bool(done.isDryRun)),
            ])
        )
    }
}

/// `{selector, reason, dryRun?, expect?}`.
struct RevocationOrder {
    let selector: LinkSelector
    let reason: String
    let isDryRun: Bool
    let expected: Int?

    init(body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        fields.require("selector")
        fields.require("reason")
        let reason = fields.text("reason") { $0.isReason ? $0 : nil }
        let isDryRun = fields.bool("dryRun") ?? false
        let expected = fields.integer("expect")
        if let expected, expected < 0 { fields.add(.range, at: "expect") }
        let selector = try fields.nested("selector") { $0.selector() }
        try fields.finish()
        guard let selector, let reason else { throw .invalidInput([]) }
        self.selector = selector
        self.reason = reason
        self.isDryRun = isDryRun
        self.expected = expected.map { Int($0) }
    }
}

extension Fields {
    /// Exactly one of the selectors that the contract names.
    fileprivate mutating func selector() -> LinkSelector? {
        var found: [LinkSelector?] = []
        if has("linkId") { found.append(text("linkId") { LinkID($0) }.map(LinkSelector.link)) }
        if has("cartId") { found.append(text("cartId") { CartID($0) }.map(LinkSelector.cart)) }
        if has("ownerId") { found.append(text("ownerId") { UserID($0) }.map(LinkSelector.owner)) }
        if has("personId") { found.append(text("personId") { Subject($0) }.map(LinkSelector.person)) }
        if has("companyId") { found.append(text("companyId") { CompanyID($0) }.map(LinkSelector.company)) }
        if has("businessUnitId") { found.append(text("businessUnitId") { BusinessUnitID($0) }.map(LinkSelector.businessUnit)) }
        if has("label") { found.append(text("label") { LinkLabel($0)?.text }.map(LinkSelector.label)) }
        if has("keySlot") {
            let slot = integer("keySlot").flatMap { UInt8(exactly: $0) }.flatMap(KeySlot.init(rawValue:))
            if slot == nil, faults.isEmpty { add(.range, at: "keySlot") }
            found.append(slot.map(LinkSelector.keySlot))
        }
        if has("createdBy") { found.append(text("createdBy") { $0.isOneLine ? $0 : nil }.map(LinkSelector.createdBy)) }
        if has("createdBefore") { found.append(moment("createdBefore").map(LinkSelector.createdBefore)) }
        if has("createdAfter") { found.append(moment("createdAfter").map(LinkSelector.createdAfter)) }
        if has("all") {
            if bool("all") == false { add(.value, at: "all") }
            found.append(.all)
        }
        if found.count != 1 { addHere(.oneSelector) }
        return found.count == 1 ? found[0] : nil
    }
}
