// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreContract
import Testing

/// What may happen to a link, its cart or its holder at the moment at which it is accepted.
struct Rival: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the colleague may have afterwards, if anything.
    let most: Standing?
    let isGrantedBefore: Bool
    /// Whether it may be done also to a cart that was taken over.
    let mayFollow: Bool
    private(set) var rounds = 1000
    let act: @Sendable (TestShop, Scene) async throws(ShareError) -> Void

    private init(
        _ name: String,
        leaves most: Standing? = nil,
        isGrantedBefore: Bool = false,
        mayFollow: Bool = false,
        _ act: @escaping @Sendable (TestShop, Scene) async throws(ShareError) -> Void
    ) {
        (testDescription, self.most, self.isGrantedBefore, self.mayFollow, self.act) = (name, most, isGrantedBefore, mayFollow, act)
    }

    static let all = [revoke, leave, lower, withdraw, pause, delete] + [revokeAll, narrow, transfer].map { $0.shorter() }
    static let ofTakeOvers = [revoke] + [lower, withdraw, pause, leave, delete].map { $0.shorter() }

    private func shorter() -> Rival {
        var rival = self
        rival.rounds = 200
        return rival
    }

    private static let revoke = Rival("revoke") { shop, scene throws(ShareError) in try await shop.revoke(scene.link, by: TestShop.carla) }
    private static let revokeAll = Rival("revoke the cart's") { shop, scene throws(ShareError) in
        let selector = LinkSelector.cart(CartID(scene.cart)!)
        _ = try await shop.administration.revokeAll(
            selector,
            expected: 9,
            isDryRun: false,
            by: TestShop.admin,
            reason: "race",
            at: TestShop.start
        )
    }
    private static let leave = Rival("leave", mayFollow: true) { shop, scene throws(ShareError) in try await shop.remove(scene.dora) }
    private static let lower = Rival("lower", leaves: .readOnlyGrant, isGrantedBefore: true) { shop, scene throws(ShareError) in
        try await shop.setAccess(of: scene.grant!, to: .readOnly)
    }
    private static let withdraw = Rival("withdraw", isGrantedBefore: true) { shop, scene throws(ShareError) in
        try await shop.withdraw(scene.grant!)
    }
    private static let pause = Rival("pause") { shop, scene throws(ShareError) in
        _ = try await shop.change(scene.link, LinkChange(paused: true), by: TestShop.carla)
    }
    private static let narrow = Rival("narrow", leaves: .readOnlyGrant) { shop, scene throws(ShareError) in
        _ = try await shop.change(scene.link, LinkChange(access: .readOnly), by: TestShop.carla)
    }
    private static let transfer = Rival("transfer") { shop, scene throws(ShareError) in
        try await shop.push(scene.cart, owner: TestShop.ben, transfers: true)
    }
    private static let delete = Rival("delete", mayFollow: true) { shop, scene throws(ShareError) in
        try await shop.sharing.deleteCart(CartID(scene.cart)!, by: TestShop.storefront, at: TestShop.start)
    }
}
