// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    /// What ends a link's power to be accepted and to give a cart away, whatever is held already.
    static let deadLinks =
        endings.map { name, seconds, error, end in
            StoreRule("nobody accepts or takes over through a link \(name)") { shop in
                let cart = try await shop.push(owner: TestShop.carla)
                let orders = [LinkOrder.handOver(to: TestShop.dora), .internal(.company, access: .full)]
                var links: [Link] = []
                for order in orders { links.append(try await shop.issue(order.lasting(seconds: 60), by: TestShop.carla)) }
                _ = try await shop.accept(links[0], as: TestShop.dora)
                for link in links { try await end(shop, link) }
                #expect(try await shop.stored(links[1].id)?.accepts == 0)
                let rows = try await shop.audit().count
                let now = TestShop.start + seconds
                for link in links {
                    await #expect(throws: error) { try await shop.accept(link, as: TestShop.dora, at: now) }
                    await #expect(throws: error) { try await shop.takeOver(link, as: TestShop.dora, at: now) }
                    await #expect(throws: ShareError.linkGone) { try await shop.accept(link, as: TestShop.eva, at: now) }
                    await #expect(throws: ShareError.linkGone) { try await shop.takeOver(link, as: TestShop.eva, at: now) }
                }
                #expect(try await shop.audit().count == rows)
                #expect(try await shop.stored(links[1].id)?.accepts == 0)
                #expect(try await shop.standing(of: TestShop.eva, on: cart.id.text) == nil)
            }
        }

    private static let endings: [(name: String, at: Int64, ShareError, @Sendable (TestShop, Link) async throws -> Void)] = [
        ("that expired", 60, .linkGone, { _, _ in }),
        ("that was revoked", 59, .linkGone, { shop, link in try await shop.revoke(link, by: TestShop.carla) }),
        ("that was revoked without its grants", 59, .linkGone, { try await $0.revoke($1, keepsGrants: true, by: TestShop.carla) }),
        ("that its owner paused", 59, .linkGone, { _ = try await $0.change($1, LinkChange(paused: true), by: TestShop.carla) }),
        (
            "that an administrator paused", 59, .linkGone,
            { try await $0.administration.setPaused(true, $1.id, by: TestShop.admin, reason: nil, at: TestShop.start) }
        ),
        ("whose author left his company", 59, .linkGone, { shop, _ in try await shop.remove(TestShop.carla) }),
        (
            "of a deleted cart", 59, .linkGone,
            { shop, link in try? await shop.sharing.deleteCart(link.cart, by: TestShop.storefront, at: TestShop.start) }
        ),
        (
            "of a cart that has another owner", 59, .linkGone,
            { shop, _ in try await shop.push(owner: TestShop.fred, transfers: true) }
        ),
        (
            // Who has a part in the cart may know why.
            "of an ordered cart", 59, .alreadyOrdered,
            { _ = try await $0.sharing.setState(of: $1.cart, to: .ordered, by: TestShop.storefront, at: TestShop.start) }
        ),
    ]
}
