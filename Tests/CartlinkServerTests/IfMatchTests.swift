// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

struct IfMatchTests {
    static let forms: [(lines: [String], condition: VersionCondition?)] = [
        ([], nil), (["*"], .exists), (["\"5\""], .anyOf([CartVersion(5)])), (["\"5\", \"6\""], .anyOf([CartVersion(5), CartVersion(6)])),
        (["\"5\"", "\"6\""], .anyOf([CartVersion(5), CartVersion(6)])), (["\"5\" ,\t\"6\""], .anyOf([CartVersion(5), CartVersion(6)])),
        // A weak tag never matches, nor does one that no version has (RFC 9110 section 13.1.1).
        (["W/\"5\""], .anyOf([])), (["\"abc\""], .anyOf([])), (["\"\""], .anyOf([])), (["W/\"5\", \"6\""], .anyOf([CartVersion(6)])),
        (["\"5.0\""], .anyOf([])), (["\"99999999999999999999\""], .anyOf([])),
    ]

    @Test(arguments: forms)
    func entityTagsNameVersions(lines: [String], condition: VersionCondition?) throws {
        var headers = HTTPFields()
        for line in lines { headers.append(HTTPField(name: .ifMatch, value: line)) }
        #expect(try Request(.put, headers: headers).ifMatch() == condition)
    }

    @Test(arguments: ["5", "\"5", "5\"", "\"", "w/\"5\"", "W/5", "'5'"])
    func whatIsNoEntityTagIsRefused(value: String) async {
        let found = await problem { try Request(.put, headers: [.ifMatch: value]).ifMatch() }
        #expect(found?.code == .malformedRequest)
    }

    @Test func onlyTheCurrentVersionIsReplaced() async throws {
        let shop = try await TestShop()
        let version = try await shop.push().version
        func put(_ ifMatch: String) async throws -> (status: Int, code: String?, tag: String?) {
            let answer = try await shop.send(
                .put,
                "/v1/carts/cart-1",
                by: .service(Services.storefront),
                headers: [.ifMatch: ifMatch],
                json: #"{"owner":{"userId":"olivia","companyId":"acme","companyUserId":"acme-olivia"},"cart":{"currency":"EUR"}}"#
            )
            return (answer.status.code, answer.code, answer.headers[.eTag])
        }
        for stale in ["\"\(version.number + 1)\"", "W/\"\(version)\"", "\"\""] {
            #expect(try await put(stale) == (412, "version-differs", "\"\(version)\""), "\(stale)")
        }
        let next = try await put("\"\(version)\"")
        #expect(next.status == 200)
        #expect(next.tag != "\"\(version)\"")
        #expect(try await put("*").status == 200)
    }

    @Test func nothingMatchesWhereThereIsNoCart() async throws {
        let shop = try await TestShop()
        let answer = try await shop.send(
            .put,
            "/v1/carts/new",
            by: .service(Services.storefront),
            headers: [.ifMatch: "*"],
            json: #"{"cart":{}}"#
        )
        #expect(answer.status == .preconditionFailed)
        #expect(answer.headers[.eTag] == nil)
    }
}
