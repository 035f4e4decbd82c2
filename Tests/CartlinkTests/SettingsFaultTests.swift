// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import cartlink

struct SettingsFaultTests {
    private func faults(_ yaml: String, _ environment: [String: String] = [:]) -> [String] {
        do throws(SettingsFaults) {
            _ = try Settings(yaml: yaml, file: "c.yaml", environment: environment)
            return []
        } catch {
            return error.lines
        }
    }

    /// One bad value for every key, on the second line, with what the fault must name.
    static let bad: [(yaml: String, key: String)] = [
        ("public:\n  address: 8080", "public.address"), ("public:\n  address: host:0", "public.address"),
        ("public:\n  address: \":8080\"", "public.address"), ("public:\n  address: host:65536", "public.address"),
        ("public:\n  url: links.example", "public.url"), ("public:\n  url: \"https://a/path\"", "public.url"),
        ("public:\n  url: \"ftp://a\"", "public.url"), ("public:\n  url: \"https://a:b@c\"", "public.url"),
        ("admin:\n  address: none", "admin.address"), ("#\ntenant: \"\"", "tenant"), ("#\ntenant: [a]", "tenant"),
        ("#\ntenant: \(String(repeating: "t", count: 256))", "tenant"), ("#\ndata: [a]", "data"), ("#\nstorage: postgres://a", "storage"),
        ("#\nstorage: mysql", "storage"), ("#\nstoragePasswordFile: f", "storagePasswordFile"),
        ("keys:\n  file: {}", "keys.file"), ("carts:\n  source: magento", "carts.source"), ("carts:\n  policies: []", "carts.policies"),
        ("links:\n  perCart: 0", "links.perCart"), ("links:\n  perCart: many", "links.perCart"),
        ("links: { external: {\n  allowed: yes please } }", "links.external.allowed"),
        ("links: { external: {\n  lifetime: 7 } }", "links.external.lifetime"),
        ("links: { external: {\n  lifetime: 90d } }", "links.external.lifetime"),
        ("links: { external: {\n  maxLifetime: never } }", "links.external.maxLifetime"),
        ("links: { external: {\n  maxLifetime: 367d } }", "links.external.maxLifetime"),
        ("links: { external: {\n  showPrices: 1 } }", "links.external.showPrices"),
        ("links: { internal: {\n  full: on } }", "links.internal.full"),
        ("links: { internal: {\n  within: shop } }", "links.internal.within"),
        ("links: { internal: {\n  within: [team] } }", "links.internal.within"),
        ("links: { internal: {\n  lifetime: -1d } }", "links.internal.lifetime"),
        ("links: { internal: {\n  maxLifetime: 0d, lifetime: 1d } }", "links.internal.maxLifetime"),
        ("limits:\n  badTokens: 300", "limits.badTokens"), ("limits:\n  connections: -1", "limits.connections"),
        ("limits:\n  trustedProxies: 10.0.0.1", "limits.trustedProxies"), ("limits:\n  diskReserve: 64MiB", "limits.diskReserve"),
        ("identity:\n  cookie: \"a b\"", "identity.cookie"), ("identity:\n  cookie: \"\"", "identity.cookie"),
        ("identity:\n  issuers: dev", "identity.issuers"), ("shop:\n  hosts: cdn.example", "shop.hosts"),
        ("shop:\n  url: shop.example", "shop.url"), ("shop:\n  openURL: \"https://s/cart?share={token}\"", "shop.openURL"),
        ("shop:\n  loginURL: \"javascript:alert(1)\"", "shop.loginURL"), ("#\nservices: storefront", "services"),
        ("shop:\n  origins: https://a", "shop.origins"), ("shop: { origins: [\n  \"https://a/\"] }", "shop.origins[0]"),
        ("shop: { origins: [\"https://a\",\n  \"https://a/path\"] }", "shop.origins[1]"),
        ("shop: { origins: [\n  null] }", "shop.origins[0]"), ("shop: { origins: [\n  \"*\"] }", "shop.origins[0]"),
        ("shop: { origins: [\n  \"https://*.a\"] }", "shop.origins[0]"), ("shop: { origins: [\n  shop.example] }", "shop.origins[0]"),
    ]

    @Test(arguments: bad)
    func aBadValueIsReportedWithItsKeyAndLine(yaml: String, key: String) {
        let faults = faults(yaml)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("c.yaml:2: \(key) ") == true, "\(faults)")
    }

    /// Issuers with what each fault must say.
    static let issuers: [(issuer: String, parts: [String])] = [
        ("{}", ["issuer is missing", "audience is missing", "algorithms must list", "needs either jwks or secretFile"]),
        ("{ issuer: i, audience: a, algorithms: [none], jwks: f }", ["algorithms must list"]),
        ("{ issuer: i, audience: a, algorithms: ES256, jwks: f }", ["algorithms must be a list", "algorithms must list"]),
        ("{ issuer: i, audience: a, algorithms: [ES256], jwks: f, secretFile: g }", ["needs either jwks or secretFile"]),
        ("{ issuer: i, audience: a, algorithms: [ES256], jwks: \"http://i/jwks\" }", ["jwks must be an https: address"]),
        ("{ issuer: i, audience: a, algorithms: [HS256], secretFile: /none/here }", ["secretFile can't be used"]),
    ]

    @Test(arguments: issuers)
    func aBadIssuerIsReportedPartByPart(issuer: String, parts: [String]) {
        let faults = faults("identity: { issuers: [\n  \(issuer) ] }")
        #expect(faults.count == parts.count, "\(faults)")
        for part in parts { #expect(faults.contains { $0.contains("identity.issuers[0]") && $0.contains(part) }, "\(part): \(faults)") }
    }

    @Test func aBadServiceIsReportedPartByPart() {
        let faults = faults("services:\n  - { name: s }\n  - { name: t, keyHash: h, scopes: [all] }\n  - 7")
        #expect(faults == ["c.yaml:2: services must be a list of mappings"])
        let others = self.faults("services:\n  - { name: s }\n  - { name: t, keyHash: h, scopes: [all] }")
        #expect(others.count == 3, "\(others)")
        #expect(others.contains("c.yaml:2: services[0] needs a name and a keyHash"))
        #expect(others.contains { $0.hasPrefix("c.yaml:3: services[1].scopes must list some of links:issue,") })
    }

    @Test func allFaultsComeAtOnce() {
        let yaml = """
            public: { address: x, url: y }
            tenant: ""
            limits: { connections: 0 }
            typo: 1
            links: { external: { lifetme: 1d } }
            """
        let keys = ["public.address", "public.url", "tenant", "limits.connections", "typo", "links.external.lifetme"]
        let faults = faults(yaml)
        #expect(faults.count == keys.count, "\(faults)")
        for key in keys { #expect(faults.contains { $0.contains(": \(key) ") }, "\(key)") }
    }

    @Test func anOriginWithAPathIsToldWhatAnOriginIs() {
        let told = faults("shop: { origins: [\"https://shop.example/cart\"] }")
        #expect(told == ["c.yaml:1: shop.origins[0] must be an origin like https://shop.example, without a path"])
    }

    /// Keys of later versions and slips of the pen, at every level.
    @Test(arguments: [
        "hooks: []", "storagePassword: f", "public: { port: 1 }", "admin: { url: u }", "keys: { folder: f }", "carts: { magento: {} }",
        "links: { lifetime: 1d }", "links: { external: { full: true } }", "links: { internal: { showPrices: true } }",
        "limits: { comments: 500 }", "identity: { Cookie: c }", "shop: { origin: [] }", "Tenant: t",
    ])
    func unknownKeysAreRefused(yaml: String) {
        let faults = faults(yaml)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasSuffix("is not a key of this version") == true, "\(faults)")
        #expect(faults.first?.hasPrefix("c.yaml:1: ") == true, "\(faults)")
    }

    @Test func aBadValueOfTheEnvironmentIsReportedToo() {
        let told = faults("", ["CARTLINK_LIMITS_CONNECTIONS": "none"])
        #expect(told == ["c.yaml: limits.connections must be a whole number from 1 to 1000000"])
    }

    @Test func noFaultRepeatsASecret() throws {
        try TemporaryFolder.use { folder in
            let secret = try folder.write("CANARY", to: "secret")
            let faults = faults("identity: { issuers: [{ issuer: i, audience: a, algorithms: [HS256], secretFile: \(secret) }] }")
            #expect(faults.count == 1)
            #expect(!"\(faults)".contains("CANARY"))
        }
    }
}
