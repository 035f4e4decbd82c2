// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logins
import ShareLinks
import Testing
import Webhooks

@testable import CartlinkServer
@testable import cartlink

struct SettingsTests {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func expectDefaults(_ settings: Settings) {
        #expect(settings.publicAddress == ServerSettings.Address(host: "127.0.0.1", port: 8080))
        #expect(settings.adminAddress == ServerSettings.Address(host: "127.0.0.1", port: 8081))
        #expect(settings.publicURL.text == "http://127.0.0.1:8080")
        #expect(settings.realm == Realm(tenant: "default", host: "127.0.0.1"))
        #expect(settings.dataFolder == "./data")
        #expect(settings.keyFile == "./keys/link-keys")
        #expect(settings.auditKeyFile == "./keys/audit-key")
        let day: Int64 = 86_400
        #expect(settings.rules.linksPerCart == 100)
        #expect(settings.rules.external.isAllowed)
        #expect(settings.rules.external.showPrices)
        #expect(settings.rules.external.term.standard == 7 * day)
        #expect(settings.rules.external.term.longest == 80 * day)
        #expect(settings.rules.internal.allowsFull)
        #expect(settings.rules.internal.circles == [.person, .businessUnit, .company, .shop])
        #expect(settings.rules.internal.term.standard == 30 * day)
        #expect(settings.rules.internal.term.longest == 80 * day)
        #expect(settings.limits.badTokensPerMinute == 300)
        #expect(settings.limits.connections == 10_000)
        #expect(settings.limits.trustedProxies == [])
        #expect(settings.limits.diskReserve == 64_000_000)
        #expect(settings.cookie == nil)
        #expect(settings.issuers.isEmpty)
        #expect(settings.services.isEmpty)
        #expect(settings.shop.hosts == [] && settings.origins == [])
    }

    @Test func whatIsLeftOutHasTheContractsDefaults() throws {
        expectDefaults(try Settings(yaml: "", file: "c.yaml", environment: [:]))
    }

    @Test func theShippedFileSaysTheDefaults() throws {
        let file = "\(Self.repository)/config/cartlink.yaml"
        expectDefaults(try Settings(yaml: try String(contentsOfFile: file, encoding: .utf8), file: file, environment: [:]))
    }

    /// The commented examples of the shipped file are read too: what people copy must work.
    @Test func theShippedExamplesAreRead() throws {
        try TemporaryFolder.use { folder in
            let secret = try folder.write(String(repeating: "s", count: 32), to: "secret")
            let text = try String(contentsOfFile: "\(Self.repository)/config/cartlink.yaml", encoding: .utf8)
            let examples = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
                let line = String(line)
                if line.firstMatch(of: /^#  ( .*|- .*)$/) != nil { return " " + line.dropFirst() }
                if line.firstMatch(of: /^  # [a-zA-Z]+: .*$/) != nil { return "  " + line.dropFirst(4) }
                if line.firstMatch(of: /^  #  ( .*|- .*)$/) != nil { return "   " + line.dropFirst(3) }
                return line
            }.joined(separator: "\n")
                .replacing("issuers: []", with: "issuers:").replacing("services: []", with: "services:")
                .replacing("webhooks: []", with: "webhooks:")
                .replacing("./keys/hook-secret", with: try folder.write("whsec_\(String(repeating: "YWJj", count: 8))", to: "hook-secret"))
                .replacing("./keys/dev-login-secret", with: secret)
                .replacing(/\.\/keys\/(vtex-app-key|vtex-app-token|glue-token|backend-authorization)/, with: secret)
                .replacing("./shop/logo.png", with: try folder.write(bytes: Pictures.png(64, 64), to: "logo.png"))
                .replacing("./shop/card.png", with: try folder.write(bytes: Pictures.png(1200, 630), to: "card.png"))
                .replacing("./shop/templates", with: try folder.folder("templates"))
                .replacing(/<hex>.*/, with: "\(String(repeating: "1", count: 64))\"", maxReplacements: 1)
                .replacing("<hex>", with: String(repeating: "2", count: 64))
            let settings = try Settings(yaml: examples, file: "c.yaml", environment: [:])
            #expect(settings.cookie == "shop_login")
            #expect(settings.issuers.map(\.issuer) == ["https://id.shop.example", "dev"])
            #expect(settings.issuers.map(\.prefix) == ["shop.", "dev."])
            #expect(settings.shop.openURL == "https://shop.example/cart#share={token}")
            #expect(settings.origins == [Origin("https://shop.example")])
            #expect(settings.shop.looks.logo?.width == 64)
            #expect(settings.shop.looks.accent == Colour("#14532d"))
            #expect(settings.shop.looks.legal.map(\.text) == ["Imprint", "Demo shop Ltd."])
            #expect(settings.webhooks.map(\.webhook.host) == ["shop.example"])
            #expect(settings.webhooks.first?.webhook.kinds.count == 5)
            #expect(settings.services.map(\.account.name) == ["storefront", "support-anna"])
            #expect(settings.services.last?.account.scopes == [.admin])
            for source in ["vtex", "spryker", "http"] {
                let chosen = examples.replacing("source: embedded", with: "source: \(source)")
                #expect(try Settings(yaml: chosen, file: "c.yaml", environment: [:]).source != nil)
            }
        }
    }

    @Test func theDemosFileIsReadWithItsSecret() throws {
        try TemporaryFolder.use { folder in
            let secret = try folder.write(String(repeating: "s", count: 32) + "\n", to: "secret")
            let text = try String(contentsOfFile: "\(Self.repository)/config/demo/cartlink.yaml", encoding: .utf8)
                .replacing("./keys/demo/dev-login-secret", with: secret)
            let settings = try Settings(yaml: text, file: "demo.yaml", environment: [:])
            #expect(settings.realm == Realm(tenant: "demo", host: "127.0.0.1"))
            #expect(settings.issuers.map(\.algorithms) == [[.hs256]])
            let login = try settings.developmentLogin(
                user: "olivia",
                company: "acme",
                businessUnit: "buying",
                companyUser: "acme-olivia",
                lifetime: 60
            )
            #expect(login.split(separator: ".").count == 3)
        }
    }

    @Test func everyKeyOfTheContractIsRead() throws {
        let hash = "sha256:" + String(repeating: "0a", count: 32)
        let settings = try Settings(
            yaml: """
                public: { address: "[::]:9000", url: "https://links.example:8443/" }
                admin: { address: 10.0.0.1:9001 }
                tenant: t
                data: /d
                storage: sqlite
                keys: { file: /k/file }
                carts: { source: embedded, policies: /p }
                links:
                  perCart: 7
                  external: { allowed: false, lifetime: 1h, maxLifetime: 2h, showPrices: false }
                  internal: { full: false, within: [person], lifetime: 3h, maxLifetime: 4h }
                limits: { badTokens: 5/min, connections: 6, trustedProxies: [10.1.1.1], diskReserve: 0 }
                identity:
                  cookie: c
                  issuers:
                    - { issuer: i, audience: a, algorithms: [ES256, RS256], jwks: "https://i/jwks", claims: { user: u, company: c }, prefix: p. }
                    - { issuer: j, audience: a, algorithms: [ES256], jwks: ./jwks.json, prefix: q. }
                shop: { name: N, url: "https://s", openURL: "https://s/#{token}", loginURL: "https://s/l?r={url}", hosts: [CDN.example], origins: ["https://Shop.example:443"] }
                services: [{ name: s, keyHash: "\(hash)", scopes: [links:issue, carts:read] }]
                """,
            file: "c.yaml",
            environment: [:]
        )
        #expect(settings.publicAddress == ServerSettings.Address(host: "::", port: 9000))
        #expect(settings.publicURL == PublicURL("https://links.example:8443"))
        #expect(settings.adminAddress == ServerSettings.Address(host: "10.0.0.1", port: 9001))
        #expect(settings.realm == Realm(tenant: "t", host: "links.example"))
        #expect(settings.dataFolder == "/d" && settings.keyFile == "/k/file" && settings.auditKeyFile == "/k/audit-key")
        #expect(settings.rules.linksPerCart == 7)
        #expect(!settings.rules.external.isAllowed && !settings.rules.external.showPrices && !settings.rules.internal.allowsFull)
        #expect(settings.rules.external.term.standard == 3600 && settings.rules.external.term.longest == 7200)
        #expect(settings.rules.internal.term.standard == 10_800 && settings.rules.internal.term.longest == 14_400)
        #expect(settings.rules.internal.circles == [.person])
        #expect(settings.limits.badTokensPerMinute == 5 && settings.limits.connections == 6 && settings.limits.diskReserve == 0)
        #expect(settings.limits.trustedProxies == ["10.1.1.1"])
        #expect(settings.cookie == "c")
        #expect(settings.issuers.map(\.issuer) == ["i", "j"])
        #expect(settings.issuers.first?.claims == .init(user: "u", company: "c"))
        #expect(settings.shop.hosts == ["cdn.example"])
        #expect(settings.origins == [Origin("https://shop.example")])
        #expect(settings.services.first?.account == ServiceAccount(name: "s", scopes: [.issueLinks, .readCarts]))
        #expect(settings.services.first?.keyHash == hash)
    }

    @Test func theEnvironmentOverridesScalarsAndNeverLists() throws {
        let settings = try Settings(
            yaml: "public: { url: \"http://file\" }\nlinks: { internal: { within: [person] } }\nlimits: { trustedProxies: [10.0.0.1] }\n",
            file: "c.yaml",
            environment: [
                "CARTLINK_PUBLIC_URL": "https://env.example", "CARTLINK_ADMIN_ADDRESS": "0.0.0.0:1", "CARTLINK_LINKS_PER_CART": "3",
                "CARTLINK_LINKS_EXTERNAL_SHOW_PRICES": "false", "CARTLINK_LIMITS_BAD_TOKENS": "1/min", "CARTLINK_IDENTITY_COOKIE": "c",
                "CARTLINK_LINKS_INTERNAL_WITHIN": "shop", "CARTLINK_LIMITS_TRUSTED_PROXIES": "10.0.0.2", "CARTLINK_ADMIN_KEY": "k",
            ]
        )
        #expect(settings.publicURL.text == "https://env.example")
        #expect(settings.adminAddress == ServerSettings.Address(host: "0.0.0.0", port: 1))
        #expect(settings.rules.linksPerCart == 3)
        #expect(!settings.rules.external.showPrices)
        #expect(settings.limits.badTokensPerMinute == 1)
        #expect(settings.cookie == "c")
        #expect(settings.rules.internal.circles == [.person])
        #expect(settings.limits.trustedProxies == ["10.0.0.1"])
    }

    @Test func policiesAreReadWhereTheyAreWanted() throws {
        let yaml = "carts: { policies: \(Self.repository)/config/policies }"
        #expect(try Settings(yaml: yaml, file: "c.yaml", environment: [:]).policies.isEmpty)
        let settings = try Settings(yaml: yaml, file: "c.yaml", environment: [:], withPolicies: true)
        #expect(Set(settings.policies.keys) == Set(CartFormat.allCases))
    }

    @Test func faultsOfPoliciesJoinTheOthers() throws {
        try TemporaryFolder.use { folder in
            try folder.write("name  opaque  shout  drop  show\n", to: "cartlink.policy")
            let yaml = "carts: { policies: \(folder.path) }\ntypo: 1\n"
            let faults = #expect(throws: SettingsFaults.self) {
                _ = try Settings(yaml: yaml, file: "c.yaml", environment: [:], withPolicies: true)
            }
            let lines = faults?.lines ?? []
            #expect(lines.contains { $0.hasPrefix("\(folder.path)/cartlink.policy:1: ") })
            #expect(lines.contains { $0.hasPrefix("\(folder.path)/vtex-orderform.policy") })
            #expect(lines.contains("c.yaml:2: typo is not a key of this version"))
        }
    }
}
