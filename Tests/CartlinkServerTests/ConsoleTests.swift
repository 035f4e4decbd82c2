// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct ConsoleTests {
    @Test func everyFileIsServedForAnewAskingAndCompressed() async throws {
        let shop = try await TestShop()
        for file in Asset.console {
            let answer = try await shop.send(.get, file.path, headers: [.acceptEncoding: "gzip"], to: .admin)
            #expect(answer.status == .ok, "\(file.path)")
            #expect(answer.headers[values: .cacheControl] == ["no-cache"], "\(file.path)")
            #expect(answer.headers[.contentEncoding] == "gzip", "\(file.path)")
            let tag = try #require(answer.headers[.eTag])
            #expect(try await shop.send(.get, file.path, headers: [.ifNoneMatch: tag], to: .admin).status == .notModified, "\(file.path)")
        }
    }

    @Test func itIsOnNoOtherListener() async throws {
        let shop = try await TestShop()
        for file in Asset.console { #expect(try await shop.send(.get, file.path).status == .notFound, "\(file.path)") }
    }

    @Test func thePageRunsOnlyItsOwnFilesAndSendsNoForm() async throws {
        let answer = try await TestShop().send(.get, "/", to: .admin)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(
            answer.headers[values: .contentSecurityPolicy] == [
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; "
                    + "frame-ancestors 'none'; base-uri 'none'"
            ]
        )
    }

    /// Every module and one language, as a reader's browser loads them; each language in its turn.
    @Test(arguments: ["en", "es"])
    func aVisitWeighsAtMostTwentyEightKilobytes(language: String) {
        let loaded = Asset.console.filter { !$0.path.contains("/texts-") || $0.path.hasSuffix("/texts-\(language).js") }
        #expect(loaded.count == Asset.console.count - 1)
        let weight = loaded.reduce(0) { sum, file in
            if case .done(let bytes) = file.content.compression { sum + bytes.count } else { sum + file.content.bytes.count }
        }
        #expect((10_000...28_000).contains(weight))
    }

    @Test func eachLanguageNamesEachActionOfTheAudit() {
        for texts in [PackageResources.texts_en_js, PackageResources.texts_es_js].map({ String(decoding: $0, as: UTF8.self) }) {
            for action in AuditEntry.Action.allCases { #expect(texts.contains("\"action.\(action.rawValue)\": "), "\(action)") }
        }
    }

    @Test func aKeySaysWhoseItIs() async throws {
        let shop = try await TestShop()
        let me = try await shop.send(.get, "/admin/v1/me", by: .service(Services.admin), to: .admin)
        #expect(me.text == #"{"name":"anna","scopes":["admin"]}"#)
        for caller in [TestCaller.stranger, .service(Services.storefront), .person(People.owner)] {
            #expect(try await shop.send(.get, "/admin/v1/me", by: caller, to: .admin).status != .ok)
        }
    }

    @Test func linksAreFoundByIdPersonAndMaker() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let (link, _) = try await shop.issue()
        _ = try await shop.issue()
        func found(_ query: String) async throws -> [String] {
            let answer = try await shop.send(.get, "/admin/v1/links?\(query)", by: .service(Services.admin), to: .admin)
            return (answer.json["links"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        }
        #expect(try await found("linkId=\(link.id)") == ["\(link.id)"])
        #expect(try await found("personId=company-user:acme-olivia").count == 2)
        #expect(try await found("personId=user:erik") == [])
        #expect(try await found("createdBy=company-user:acme-olivia").count == 2)
        #expect(try await found("createdBy=service:storefront") == [])
        let bad = try await shop.send(.get, "/admin/v1/links?linkId=x", by: .service(Services.admin), to: .admin)
        #expect(bad.code == "malformed-request")
    }

    @Test func administratorsSeeTheOwnersUnit() async throws {
        let shop = try await TestShop()
        try await shop.push()
        _ = try await shop.issue()
        let answer = try await shop.send(.get, "/admin/v1/links", by: .service(Services.admin), to: .admin)
        let link = try #require((answer.json["links"] as? [[String: Any]])?.first)
        #expect(link["businessUnitId"] as? String == "buying")
        #expect(link["url"] == nil && link["token"] == nil)
    }

    @Test func theAuditIsPagedFromItsEnd() async throws {
        let shop = try await TestShop()
        try await shop.push()
        for _ in 0..<3 { _ = try await shop.issue() }
        func page(_ query: String) async throws -> (sequences: [Int], next: String?) {
            let path = "/admin/v1/audit?order=newest-first&limit=2\(query)"
            let json = try await shop.send(.get, path, by: .service(Services.admin), to: .admin).json
            return ((json["entries"] as? [[String: Any]] ?? []).compactMap { $0["sequence"] as? Int }, json["nextCursor"] as? String)
        }
        let first = try await page("")
        #expect(first == ([4, 3], "3"))
        #expect(try await page("&cursor=3") == ([2, 1], nil))
        let bad = try await shop.send(.get, "/admin/v1/audit?order=up", by: .service(Services.admin), to: .admin)
        #expect(bad.code == "malformed-request")
    }
}
