// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Redaction
import Testing

/// The policies the service ships, and a cart of each format with something in every field, from `Golden/carts`.
///
/// What people other than the owner don't get holds the word `canary`, or is a number that ends in 77: none of them may
/// appear where they don't belong.
enum SampleCarts {
    static let policies = ["cartlink", "vtex-orderform", "vtex-orderform-masked", "spryker-cart"]

    static let options = ProjectionOptions(linkHosts: ["shop.example"])

    static let cartlink = read(goldenFolder + "/carts/cartlink.json")
    static let orderForm = read(goldenFolder + "/carts/vtex-orderform.json")
    static let sprykerCart = read(goldenFolder + "/carts/spryker-cart.json")

    /// The cart that is in the policy's format.
    static func cart(for policy: String) -> String {
        switch policy {
        case "cartlink": cartlink
        case "spryker-cart": sprykerCart
        default: orderForm
        }
    }

    static func policy(_ name: String) throws -> Policy {
        try #require(loaded[name])
    }

    /// The five words of each line of a policy.
    static func lines(of policy: String) -> [[Substring]] {
        text(of: policy).split(separator: "\n").map { $0.prefix { $0 != "#" }.split(separator: " ") }.filter { !$0.isEmpty }
    }

    static let goldenFolder = root + "/Tests/RedactionTests/Golden"

    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    private static func text(of policy: String) -> String {
        read("\(root)/config/policies/\(policy).policy")
    }

    private static func read(_ path: String) -> String {
        String(decoding: try! Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// Read once: that takes longer than most tests.
    private static let loaded = Dictionary(
        uniqueKeysWithValues: policies.map { ($0, try! Policy(name: $0, file: "\($0).policy", text: text(of: $0))) }
    )
}
