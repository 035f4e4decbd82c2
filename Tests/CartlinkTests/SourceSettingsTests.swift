// SPDX-License-Identifier: Apache-2.0

import CartSources
import OutgoingHTTP
import ShareLinks
import Testing

@testable import cartlink

struct SourceSettingsTests {
    private struct OtherSource: Error {}

    private func read(
        _ carts: String,
        more: String = "",
        secret: String = "line-of-a-secret"
    ) throws -> (source: SourceSettings?, faults: [String]) {
        try TemporaryFolder.use { folder in
            let path = try folder.write(secret, to: "secret", mode: 0o600)
            let yaml = "carts: \(carts.replacing("SECRET", with: path))\n\(more)"
            do {
                return (try Settings(yaml: yaml, file: "c.yaml", environment: [:]).source, [])
            } catch let error as SettingsFaults {
                return (nil, error.lines.map { $0.replacing(path, with: "SECRET") })
            }
        }
    }

    @Test func cartsArePushedUnlessSomethingElseIsSaid() throws {
        #expect(try read("{}").source == nil)
        #expect(try read("{ source: embedded }").source == nil)
    }

    @Test func vtexIsRead() throws {
        let entry = """
            { source: vtex, vtex: { url: "https://Shop.example", appKeyFile: SECRET, appTokenFile: SECRET, salesChannel: 2, freshFor: 0s,
              ownerMatch: { path: clientProfileData.email, claim: email } } }
            """
        let source = try #require(try read(entry).source)
        #expect(source.url.host == "shop.example" && source.freshFor == .zero && source.ownerClaim == "email")
        #expect(!source.allowsPrivateAddresses && "\(source.headers)" == "SecretHeaders(hidden)")
        guard case .vtex(let vtex) = source.platform else { throw OtherSource() }
        #expect(vtex == VTEXSettings(salesChannel: "2", owner: MemberPath("clientProfileData.email").map(OwnerMatch.init)))
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let source = try #require(try read("{ source: spryker, spryker: { url: 'https://glue.shop.example/api' } }").source)
        #expect(source.freshFor == .seconds(2) && source.ownerClaim == nil && source.policyName == nil)
    }

    @Test func anyBackendIsRead() throws {
        let entry = """
            { source: http, http: { url: "https://shop.example/store/carts/{cartId}?fields=a&key={cartId.2}", authHeader: x-key,
              authFile: SECRET, cart: cart, id: id, fingerprint: [created_at], policy: cartlink, money: major,
              fields: { currency: currency_code, totals: { items: item_total } }, lines: { at: items, sku: variant_sku } } }
            """
        let source = try #require(try read(entry).source)
        guard case .http(let http) = source.platform else { throw OtherSource() }
        #expect(source.url.text == "https://shop.example/" && source.policyName == "cartlink")
        #expect(http.path == CartTemplate("/store/carts/{cartId}") && http.method == .get && http.money == .major)
        #expect(http.query == [.init(name: "fields", value: CartTemplate("a")), .init(name: "key", value: CartTemplate("{cartId.2}"))])
        #expect(http.fields?.fields == [.currency: MemberPath("currency_code")!, .itemsTotal: MemberPath("item_total")!])
        #expect(http.fields?.lines == MemberPath("items") && http.fields?.lineFields == [.sku: MemberPath("variant_sku")!])
    }

    /// Each names the key at fault and what to do.
    @Test(arguments: [
        ("{ source: magento }", "carts.source must be embedded, vtex, spryker or http"),
        ("{ source: vtex }", "carts.vtex.url is missing"),
        ("{ vtex: { url: a } }", "carts.vtex.url must be an https: address"),
        ("{ source: vtex, vtex: { url: 'http://a' } }", "carts.vtex.url must be an https: address; plain http: only with"),
        ("{ source: vtex, vtex: { url: 'https://u:p@a' } }", "carts.vtex.url must not hold a user or a password"),
        ("{ source: vtex, vtex: { url: 'https://a', appKeyFile: SECRET } }", "carts.vtex needs both appKeyFile and appTokenFile"),
        ("{ source: vtex, vtex: { url: 'https://a', freshFor: 2h } }", "carts.vtex.freshFor must be a time from 0s to 60s"),
        ("{ source: vtex, vtex: { url: 'https://a', seller: 'a b' } }", "carts.vtex.seller must be letters and digits"),
        ("{ source: vtex, vtex: { url: 'https://a', salesChannel: one } }", "carts.vtex.salesChannel must be a number"),
        ("{ source: vtex, vtex: { url: 'https://a', ownerMatch: { path: a.b } } }", "carts.vtex.ownerMatch needs a path in the cart"),
        ("{ source: vtex, vtex: { url: 'https://a', proxy: x } }", "carts.vtex.proxy is not a key of this version"),
        ("{ source: spryker, spryker: { url: 'https://a', tokenFile: none } }", "carts.spryker.tokenFile must name a file that holds"),
        ("{ source: http, http: { url: 'https://a/carts' } }", "carts.http.url must have {cartId} in the address or in the body"),
        ("{ source: http, http: { url: 'https://a/{cartId}', body: '{}' } }", "carts.http.body goes with method: POST"),
        ("{ source: http, http: { url: 'https://a/{cartId}', fields: { currency: c } } }", "carts.http.lines needs at: where the cart's"),
        ("{ source: http, http: { url: 'https://a/{cartId}', policy: ../x } }", "carts.http.policy must be the name of a policy file"),
        ("{ source: http, http: { url: 'https://a/{cartId}', cart: 'a[0]' } }", "carts.http.cart must be names with dots between"),
    ])
    func aBadEntryIsTold(entry: String, fault: String) throws {
        let faults = try read(entry).faults
        #expect(faults.count == 1 && faults.first?.contains(fault) == true, "\(faults)")
    }

    @Test func aSecretInPlaceOfItsFileIsNotRepeated() throws {
        let faults = try read("{ source: spryker, spryker: { url: 'https://a', tokenFile: glue-token-canary } }").faults
        #expect(faults.count == 1 && !faults[0].contains("canary"))
    }

    @Test func aSecretOfTwoLinesIsNone() throws {
        let faults = try read("{ source: spryker, spryker: { url: 'https://a', tokenFile: SECRET } }", secret: "a\nb: c").faults
        #expect(faults.count == 1 && faults[0].contains("on one line"))
    }

    @Test func linksToCartsOfVTEXEndBeforeItGivesTheirIdsAway() throws {
        let lifetimes = "links: { external: { maxLifetime: 90d }, internal: { maxLifetime: 89d } }"
        let vtex = try read("{ source: vtex, vtex: { url: 'https://a' } }", more: lifetimes).faults
        #expect(vtex.count == 1 && vtex[0].contains("links.external.maxLifetime must be below 90d"))
        #expect(try read("{ source: embedded }", more: lifetimes).faults.isEmpty)
    }
}
