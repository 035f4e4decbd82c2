// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A line of a policy without something in the sample cart would be a line that no golden file shows.
@Suite struct SampleCartTests {
    @Test("every path of the policy occurs in the sample cart", arguments: SampleCarts.policies)
    func isComplete(policy: String) throws {
        let cart = try JSONSerialization.jsonObject(with: Data(SampleCarts.cart(for: policy).utf8))
        let paths = SampleCarts.lines(of: policy).map { String($0[0]) }
        #expect(paths.count > 20)
        for path in paths { #expect(Self.occurs(Self.steps(path)[...], in: cart), "\(path)") }
    }

    @Test(
        "a path occurs where a value of its kind stands",
        arguments: [
            ("a", true), ("b", false), ("b.c", true), ("b.*", true), ("b.**", true), ("l[]", false), ("l[].d", true), ("l[k=x].d", true),
            ("l[k=y].d", false), ("l[k=y].k", true), ("e[]", false), ("n", true), ("n.**", true), ("z.**", false), ("s[]", true),
        ]
    )
    func occurrence(path: String, expected: Bool) throws {
        let cart = #"{"a":1,"b":{"c":"x"},"l":[{"k":"y"},{"k":"x","d":false}],"e":[],"n":null,"s":[1]}"#
        #expect(try Self.occurs(Self.steps(path)[...], in: JSONSerialization.jsonObject(with: Data(cart.utf8))) == expected)
    }

    /// `a.b[k=v].c` as `a`, `b`, `[k=v]`, `c`.
    private static func steps(_ path: String) -> [String] {
        path.replacing("[", with: ".[").split(separator: ".").map(String.init)
    }

    private static func occurs(_ steps: ArraySlice<String>, in value: Any) -> Bool {
        guard let step = steps.first else { return !(value is [String: Any]) && !(value is [Any]) }
        let rest = steps.dropFirst()
        if step == "**" { return true }
        if step.hasPrefix("[") {
            let sides = step.dropFirst().dropLast().split(separator: "=").map(String.init)
            return (value as? [Any] ?? []).contains { element in
                let isChosen = sides.isEmpty || (element as? [String: Any])?[sides[0]] as? String == sides[1]
                return isChosen && occurs(rest, in: element)
            }
        }
        let object = value as? [String: Any] ?? [:]
        let members = step == "*" ? Array(object.values) : object[step].map { [$0] } ?? []
        return members.contains { occurs(rest, in: $0) }
    }
}
