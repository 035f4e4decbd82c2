// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import Testing

/// What each policy shows each viewer of its sample cart, byte for byte, and what it says was removed.
///
/// `CARTLINK_RECORD_GOLDEN=1 swift test --filter Golden` writes the files anew, and fails so that nobody forgets to look.
@Suite struct GoldenTests {
    struct View: CustomTestStringConvertible {
        let policy: String
        let viewer: Viewer
        let showPrices: Bool

        var path: String { "\(policy)/\(viewer.rawValue)\(showPrices ? "" : "-without-prices")" }
        var testDescription: String { path }
        var options: ProjectionOptions { ProjectionOptions(showPrices: showPrices, linkHosts: SampleCarts.options.linkHosts) }
    }

    static let views = SampleCarts.policies.flatMap { policy in
        Viewer.allCases.map { View(policy: policy, viewer: $0, showPrices: true) } + [
            View(policy: policy, viewer: .guest, showPrices: false)
        ]
    }

    @Test("the projection is as recorded", arguments: views)
    func projection(view: View) throws {
        let cart = Array(SampleCarts.cart(for: view.policy).utf8)
        let projection = try SampleCarts.policy(view.policy).project(cart, for: view.viewer, options: view.options)
        try GoldenFile(path: view.path + ".json").expect(json: projection)
    }

    /// The owner is told what was really removed, all others what the policy withholds from everyone like them.
    @Test("the list of what was removed is as recorded", arguments: views)
    func removed(view: View) throws {
        let policy = try SampleCarts.policy(view.policy)
        let cart = Array(SampleCarts.cart(for: view.policy).utf8)
        let removed =
            view.viewer == .owner
            ? try policy.projectReporting(cart, for: .owner, options: view.options).removed
            : policy.removed(for: view.viewer, showPrices: view.showPrices)
        try GoldenFile(path: view.path + ".removed.txt").expect(lines: removed.map { "\($0.path) \($0.reason.rawValue)" })
    }

    @Test func nothingIsLeftOver() throws {
        let folder = try #require(FileManager.default.enumerator(atPath: SampleCarts.goldenFolder))
        let files = Set(folder.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") || $0.hasSuffix(".txt") })
        let carts = Set(["cartlink", "vtex-orderform", "spryker-cart"].map { "carts/\($0).json" })
        #expect(files == carts.union(Self.views.flatMap { ["\($0.path).json", "\($0.path).removed.txt"] }))
    }

    @Test(
        "the layout keeps every byte of a JSON text",
        arguments: [#"{}"#, #"{"a":[],"b":[1,{"c":"x, {\"y\": [ ]}\\"}],"":null}"#, #"{"\\\"":" : ","é\n":{"a":{"b":[[[]]]}}}"#]
    )
    func layout(json: String) {
        let indented = GoldenFile.indented(Array(json.utf8))
        #expect(String(decoding: GoldenFile.minified(indented), as: UTF8.self) == json)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(indented.utf8)) }
    }
}
