// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logins
import ShareLinks

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Prints a login of the development issuer, the one whose logins an HS256 secret signs."
    )

    @OptionGroup var options: ConfigOption
    @Option(help: "The user's id.") var user: String
    @Option(help: "The company's id.") var company: String?
    @Option(help: "The business unit's id.") var businessUnit: String?
    @Option(help: "The company user's id.") var companyUser: String?
    @Option(help: "How long the login is valid, in seconds.") var lifetime: Int64 = 86_400

    func run() async throws {
        try await reporting {
            let token = try options.settings().developmentLogin(
                user: user,
                company: company,
                businessUnit: businessUnit,
                companyUser: companyUser,
                lifetime: lifetime
            )
            print(token)
        }
    }
}

extension Settings {
    /// A login as the development issuer would make it; refused where no issuer has a secret.
    func developmentLogin(
        user: String,
        company: String? = nil,
        businessUnit: String? = nil,
        companyUser: String? = nil,
        lifetime: Int64
    ) throws -> String {
        for settings in issuers {
            guard case .secret(let secret) = settings.keys,
                let issuer = try? Issuer(
                    issuer: settings.issuer,
                    audience: settings.audience,
                    algorithms: settings.algorithms,
                    keys: .secret(secret),
                    claims: settings.claims,
                    prefix: settings.prefix
                ),
                let development = DevelopmentIssuer(issuer)
            else { continue }
            do {
                return try development.token(
                    user: user,
                    company: company,
                    businessUnit: businessUnit,
                    companyUser: companyUser,
                    lifetime: lifetime,
                    now: Clock.now().seconds
                )
            } catch {
                throw Refusal.failure(error.text)
            }
        }
        throw Refusal.configuration(["no issuer with HS256 and a secretFile is configured: logins come from the shop's identity provider"])
    }
}

extension DevelopmentIssuer.Fault {
    fileprivate var text: String {
        switch self {
        case .badId: "an id must begin with a letter or digit and go on with letters, digits or . _ ~ -"
        case .claimNotConfigured: "the issuer's claims name none for one of these ids: add it under identity.issuers[].claims"
        case .badLifetime: "the lifetime must be 1 second to 366 days"
        }
    }
}
