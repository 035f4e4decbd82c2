// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `/v1/company-users`: the shop says who belongs to which company and unit, and who left.
struct CompanyUserRoutes: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.put("/v1/company-users/{companyUserId}", use: put)
        router.delete("/v1/company-users/{companyUserId}", use: remove)
    }

    @Sendable private func put(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let service = try await authenticator.service(of: request, for: .writeDirectory, needing: .writeDirectory, at: now)
        let id = try context.companyUserID()
        let entry = try DirectoryEntry(id: id, body: try await request.jsonBody())
        let (user, isNew) = try await sharing.put(id, as: entry.member, isActive: entry.isActive, by: service, at: now)
        return Answer.json(user.json, status: isNew ? .created : .ok)
    }

    @Sendable private func remove(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let service = try await authenticator.service(of: request, for: .writeDirectory, needing: .writeDirectory, at: now)
        try await sharing.remove(try context.companyUserID(), by: service, at: now)
        return Answer.noContent
    }
}

/// `{userId, companyId, businessUnitId?, active}`.
private struct DirectoryEntry {
    let member: Person
    let isActive: Bool

    init(id: CompanyUserID, body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        for name in ["userId", "companyId", "active"] { fields.require(name) }
        let user = fields.text("userId") { UserID($0) }
        let company = fields.text("companyId") { CompanyID($0) }
        let unit = fields.text("businessUnitId") { BusinessUnitID($0) }
        let isActive = fields.bool("active")
        try fields.finish()
        guard let user, let company, let isActive else { throw .invalidInput([]) }
        member = Person(userID: user, companyID: company, businessUnitID: unit, companyUserID: id)
        self.isActive = isActive
    }
}

extension CompanyUser {
    fileprivate var json: JSON {
        .object([
            ("companyUserId", .string(id.text)),
            ("userId", (person?.userID.text).map(JSON.string)),
            ("companyId", (person?.companyID?.text).map(JSON.string)),
            ("businessUnitId", (person?.businessUnitID?.text).map(JSON.string)),
            ("active", .bool(status == .active)),
        ])
    }
}
