// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let selections =
        selectors.map { make, names in
            StoreRule("bulk revocation by \(String(describing: make(.example)).prefix { $0 != "(" }) takes \(names.count) links") { shop in
                let links = try await shop.fillWithLinks()
                let selector = make(links)
                let revokeAll = { (expected: Int?, isDryRun: Bool) async throws(ShareError) in
                    try await shop.administration.revokeAll(
                        selector,
                        expected: expected,
                        isDryRun: isDryRun,
                        by: TestShop.admin,
                        reason: "drill",
                        at: TestShop.start + 60
                    )
                }
                let before = try await shop.statuses(of: links)
                let preview = try await revokeAll(nil, true)
                #expect(preview.sample.map(links.name(of:)) == names.reversed())
                #expect(preview.revoked == names.count)
                if case .link = selector {
                } else if !names.isEmpty {
                    await #expect(throws: ShareError.countDiffers(now: names.count)) { try await revokeAll(names.count - 1, false) }
                }
                #expect(try await shop.statuses(of: links) == before)
                #expect(try await revokeAll(names.count, false).revoked == names.count)
                let revoked = try await shop.statuses(of: links).filter { $0.value != before[$0.key] }
                #expect(Set(revoked.keys) == Set(names))
                #expect(revoked.values.allSatisfy { $0 == TestShop.start + 60 })
                #expect(try await revokeAll(0, false).revoked == 0)
            }
        } + [
            StoreRule("a bulk revocation writes one audit row with its reason") { shop in
                _ = try await shop.fillWithLinks()
                let rowsBefore = try await shop.audit().count
                _ = try await shop.administration.revokeAll(
                    .all,
                    expected: 7,
                    isDryRun: false,
                    by: TestShop.admin,
                    reason: "leak",
                    at: TestShop.start
                )
                let rows = try await shop.audit().dropFirst(rowsBefore)
                #expect(rows.map(\.entry.action) == [.linksRevoked])
                #expect(rows.first?.entry.reason == "leak")
                #expect(rows.first?.entry.actor == "admin:ops")
            }
        ]

    /// What each selector takes of ``TestShop/fillWithLinks()``, where "anna" is revoked already.
    private static let selectors: [(@Sendable (NamedLinks) -> LinkSelector, [String])] = [
        ({ .link($0["dora"].id) }, ["dora"]),
        ({ .link($0["anna"].id) }, []),
        ({ _ in .cart(CartID("cart-carla")!) }, ["carla-unit", "carla-company", "by-service"]),
        ({ _ in .owner(UserID("anna")!) }, ["for-ben"]),
        ({ _ in .person(.user(UserID("ben")!)) }, ["ben", "for-ben"]),
        ({ _ in .person(.user(UserID("carla")!)) }, []),
        ({ _ in .person(.companyUser(CompanyUserID("cu-carla")!)) }, ["carla-unit", "carla-company", "by-service"]),
        ({ _ in .company(CompanyID("acme")!) }, ["carla-unit", "carla-company", "dora", "by-service"]),
        ({ _ in .businessUnit(BusinessUnitID("paint")!) }, ["carla-unit", "carla-company", "by-service"]),
        ({ _ in .label("one") }, ["dora"]),
        ({ _ in .keySlot(KeySlot(rawValue: 0)!) }, unrevoked),
        ({ _ in .keySlot(KeySlot(rawValue: 1)!) }, []),
        ({ .key($0["dora"].key) }, unrevoked),
        ({ _ in .key(LinkKey.Fingerprint(text: "0000000000000000")) }, []),
        ({ _ in .createdBy("user:ben") }, ["ben"]),
        ({ _ in .createdBy("company-user:cu-carla") }, ["carla-unit", "carla-company", "by-service"]),
        ({ _ in .createdBy("service:storefront") }, ["by-service", "guest"]),
        ({ _ in .createdBy("nobody") }, []),
        ({ .createdBefore($0["carla-unit"].createdAt) }, ["ben"]),
        ({ .createdAfter($0["for-ben"].createdAt) }, ["by-service", "guest"]),
        ({ _ in .all }, unrevoked),
    ]

    private static let unrevoked = ["ben", "carla-unit", "carla-company", "dora", "for-ben", "by-service", "guest"]
}

extension NamedLinks {
    /// Stands in where only a selector's kind is wanted.
    static let example: NamedLinks = {
        let link = Link(
            id: LinkID(high: 0, low: 0),
            cart: CartID("cart")!,
            incarnation: Incarnation(1),
            audience: .external,
            mode: .externalReadOnly,
            access: .readOnly,
            label: nil,
            showPrices: true,
            createdAt: TestShop.start,
            serial: Serial(1),
            author: Link.Author(owner: nil, service: nil),
            expiresAt: TestShop.start,
            keySlot: KeySlot(rawValue: 0)!,
            key: LinkKey.Fingerprint(text: "")
        )
        var links = NamedLinks()
        for name in ["anna", "dora", "carla-unit", "for-ben", "read", "full", "revoked"] { links.add(name, link) }
        return links
    }()
}

extension TestShop {
    fileprivate func statuses(of links: NamedLinks) async throws(ShareError) -> [String: Timestamp] {
        var statuses: [String: Timestamp] = [:]
        for (name, link) in links.links { statuses[name] = try await stored(link.id)?.revokedAt }
        return statuses
    }
}
