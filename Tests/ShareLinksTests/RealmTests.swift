// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("Tenant and host")
struct RealmTests {
    @Test func lengthsAreBound() throws {
        let realm = try #require(Realm(tenant: "ab", host: "c.d"))
        #expect(realm.messagePrefix == Array("cartlink/1\u{2}ab\u{3}c.d".utf8))
    }

    @Test func caseOfTheHostDoesNotMatter() {
        #expect(Realm(tenant: "default", host: "Shop.EXAMPLE") == Samples.realm)
        #expect(Realm(tenant: "Default", host: "shop.example") != Samples.realm)
    }

    @Test(arguments: [("", "h"), ("t", ""), ("", ""), (String(repeating: "t", count: 256), "h"), ("t", String(repeating: "h", count: 256))])
    func emptyAndLongNamesAreRefused(tenant: String, host: String) {
        #expect(Realm(tenant: tenant, host: host) == nil)
    }

    @Test func longestNamesAreTaken() throws {
        let realm = try #require(Realm(tenant: String(repeating: "t", count: 255), host: String(repeating: "ü", count: 127)))
        #expect(realm.messagePrefix.count == 10 + 1 + 255 + 1 + 254)
        #expect(Realm(tenant: String(repeating: "ü", count: 128), host: "h") == nil)
    }

    @Test func hostThatGrowsInLowerCaseIsRefused() {
        #expect(Realm(tenant: "t", host: String(repeating: "İ", count: 127)) == nil)
    }
}
