// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import HummingbirdTesting
import ShareLinks
import Testing

@testable import CartlinkServer

/// What the admin listener exports is enough to check the chain from the outside, with the audit's key.
struct AuditExportTests {
    private struct Row: Decodable {
        let sequence: Int64
        let atMilliseconds: Int64
        let actor: String
        let action: String
        let linkId: String?
        let cartId: String?
        var reason: String?
        let before: String?
        let after: String?
        let code: String

        var record: AuditRecord {
            let entry = AuditEntry(
                at: Timestamp(milliseconds: atMilliseconds),
                actor: actor,
                action: AuditEntry.Action(rawValue: action)!,
                link: linkId.map { LinkID($0)! },
                cart: cartId.map { CartID($0)! },
                reason: reason,
                before: before,
                after: after
            )
            return AuditRecord(sequence: sequence, entry: entry, code: AuditChain.Code(bytes: Hex.bytes(of: code)!)!)
        }
    }

    private func history() async throws -> (shop: TestShop, token: String) {
        let shop = try await TestShop()
        try await shop.push(SampleCarts.cartlink(personal: "CANARY"))
        let (link, token) = try await shop.issue(LinkOrder(audience: .external, access: .readOnly, label: LinkLabel("CANARY")))
        let admin = TestCaller.service(Services.admin)
        for (method, path) in [
            (HTTPRequest.Method.post, "/pause?reason=quote%22%20and%20%C3%A9"), (.post, "/resume"), (.delete, "?reason=lost"),
        ] {
            let answer = try await shop.send(method, "/admin/v1/links/\(link.id)\(path)", by: admin, to: .admin)
            #expect(answer.status == .noContent)
        }
        return (shop, token)
    }

    private func rows(_ shop: TestShop, _ query: String = "") async throws -> [Row] {
        let answer = try await shop.send(
            .get,
            "/admin/v1/audit\(query)",
            by: .service(Services.admin),
            headers: [.accept: "application/x-ndjson"],
            to: .admin
        )
        #expect(answer.headers[.contentType] == "application/x-ndjson")
        return try answer.text.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    }

    @Test func theExportedChainHolds() async throws {
        let (shop, _) = try await history()
        let rows = try await rows(shop)
        #expect(rows.map(\.action) == ["cart.pushed", "link.issued", "link.paused", "link.resumed", "link.revoked"])
        #expect(rows[2].reason == "quote\" and é")
        #expect(shop.chain.firstBroken(in: rows.map(\.record), after: (0, .start)) == nil)
    }

    @Test func aRowThatWasChangedOrDroppedShows() async throws {
        let (shop, _) = try await history()
        var rows = try await rows(shop)
        rows[4].reason = "found"
        #expect(shop.chain.firstBroken(in: rows.map(\.record), after: (0, .start)) == 5)
        rows.remove(at: 1)
        #expect(shop.chain.firstBroken(in: rows.map(\.record), after: (0, .start)) == 2)
    }

    @Test func pagesOfTheExportContinueTheChain() async throws {
        let (shop, _) = try await history()
        let first = try await rows(shop, "?limit=2").map(\.record)
        #expect(first.count == 2)
        let rest = try await rows(shop, "?limit=100&cursor=2").map(\.record)
        #expect(shop.chain.firstBroken(in: rest, after: (2, first[1].code)) == nil)
        let page = try await shop.send(.get, "/admin/v1/audit?limit=2", by: .service(Services.admin), to: .admin)
        #expect(page.json["nextCursor"] as? String == "2")
        #expect((page.json["entries"] as? [Any])?.count == 2)
    }

    @Test func itTellsWhoAndWhyAndNeitherTokensNorPeople() async throws {
        let (shop, token) = try await history()
        let admin = TestCaller.service(Services.admin)
        let text = try await shop.send(.get, "/admin/v1/audit", by: admin, to: .admin).text
        #expect(text.contains("admin:anna") && text.contains("service:storefront") && text.contains("company-user:acme-olivia"))
        #expect(!text.contains(token) && !text.contains("CANARY"))
        #expect(try await rows(shop, "?actor=admin:anna").count == 3)
        #expect(try await rows(shop, "?cartId=other").isEmpty)
        for caller in [TestCaller.stranger, .service(Services.storefront), .person(People.owner)] {
            #expect(try await shop.send(.get, "/admin/v1/audit", by: caller, to: .admin).status != .ok)
        }
    }
}
