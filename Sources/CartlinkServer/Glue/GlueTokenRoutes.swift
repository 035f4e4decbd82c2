// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Redaction
import ShareLinks

/// `/glue/access-tokens` and `/glue/company-user-access-tokens`, in a demo only.
struct GlueTokenRoutes: RouteGroup {
    let door: GlueDoor
    let logins: GlueLogins

    func add(to router: Router<ServerContext>) {
        router.post(
            "/glue/access-tokens",
            use: door.handler(.accessTokens) { visit in
                var attributes = try await visit.attributes()
                let name = attributes.text("username")
                let password = attributes.text("password")
                guard let name, let password else { throw attributes.refusal }
                guard let login = try logins.customer(name, password) else { throw GlueRefusal(.loginFailed) }
                return visit.one(.token(login, .accessTokens), status: .created)
            }
        )
        router.post(
            "/glue/company-user-access-tokens",
            use: door.handler(.companyUserAccessTokens) { visit in
                var attributes = try await visit.attributes()
                let person = try await visit.person()
                guard let text = attributes.text("idCompanyUser") else { throw attributes.refusal }
                guard let id = CompanyUserID(text), let login = try logins.companyUser(person.userID, id) else {
                    throw GlueRefusal(.loginFailed)
                }
                return visit.one(.token(login, .companyUserAccessTokens), status: .created)
            }
        )
    }
}

extension GlueResource {
    /// `{tokenType, expiresIn, accessToken, refreshToken}`. Nothing is refreshed here: who wants another login asks for it.
    fileprivate static func token(_ login: String, _ type: GlueType) -> GlueResource {
        GlueResource(
            type,
            id: nil,
            attributes: [
                ("tokenType", .string("Bearer")), ("expiresIn", .number(GlueLogins.lifetime)), ("accessToken", .string(login)),
                ("refreshToken", .null),
            ]
        )
    }
}
