// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

/// What `Policy.exposures` lists is what the filter does.
@Suite struct ExposureTests {
    private func rows(_ text: String) throws -> [String] {
        try Policy(name: "p", file: "p", text: text).exposures.map { row in
            let indent = String(repeating: "  ", count: row.depth)
            let actions = row.actions.isEmpty ? "" : ": " + Viewer.allCases.map { row.actions[$0]! }.joined(separator: " ")
            return indent + row.step + (row.dataClass.map { " (\($0))" } ?? "") + actions
        }
    }

    @Test func placesAreListedFromTheOutsideInWithTheirActions() throws {
        let text = """
            b             public      show        show        show
            a[].x         public      show:price  link        show
            a[].y.*       personal    drop        scrub       show
            a[].z.**      payment     drop        drop        drop
            """
        #expect(
            try rows(text) == [
                "b (public): show show show show", "a[]", "  x (public): show link show:price show", "  y",
                "    * (personal): show scrub drop drop", "  z.** (payment): drop drop drop drop",
            ]
        )
    }

    @Test func aWiderLineIsListedBelowItsExceptions() throws {
        let text = """
            c.**          opaque      drop        drop        show
            c.gift        public      show        show        show
            """
        #expect(
            try rows(text) == [
                "c (opaque): show drop drop show", "  gift (public): show show show show", "  ** (opaque): show drop drop show",
            ]
        )
    }

    /// The line `a.*.b` also rules `a.x.b`, where another line leads too: the tree shows it there.
    @Test func aLineIsListedWhereverItRules() throws {
        let text = """
            a.x.c         public      show        show        show
            a.*.b         public      drop        show        show
            t[id=A].v     public      show        show        show
            t[id=A].id    public      show        show        show
            t[].v         public      drop        drop        show
            t[].id        public      drop        drop        show
            """
        #expect(
            try rows(text) == [
                "a", "  x", "    c (public): show show show show", "    b (public): show show drop show", "  *",
                "    b (public): show show drop show", "t", "  [id=A]", "    v (public): show show show show",
                "    id (public): show show show show",
                "  []", "    v (public): show drop drop show", "    id (public): show drop drop show",
            ]
        )
    }

    /// Each further line would double the tree.
    @Test func aTreeWithoutEndIsCutOff() throws {
        let lines = (0..<30).map { String(repeating: "*.", count: $0) + "a.q public show show show" }
        let rows = try Policy(name: "p", file: "p", text: lines.joined(separator: "\n")).exposures
        #expect(rows.count == 8193)
        #expect(rows.last?.step == "…")
    }

    /// For each row of the shipped policies: a cart with that one place shows it to exactly the viewers the row names.
    @Test("rows and filter agree", arguments: SampleCarts.policies)
    func rowsAgreeWithTheFilter(name: String) throws {
        let policy = try SampleCarts.policy(name)
        var steps: [String] = []
        for row in policy.exposures {
            steps = steps.prefix(row.depth) + [row.step]
            let path = steps.joined(separator: ".").replacing(".[", with: "[")
            guard !row.actions.isEmpty, !Self.isSelector(path) else { continue }
            let cart = Array(Self.cart(withOnly: path, value: Self.url).utf8)
            for viewer in Viewer.allCases {
                let seen = String(decoding: try policy.project(cart, for: viewer, options: SampleCarts.options), as: UTF8.self)
                switch row.actions[viewer] {
                case "drop": #expect(!seen.contains(Self.url), "\(path) for \(viewer)")
                case let action? where action.hasPrefix("mask:"):
                    #expect(!seen.contains(Self.url) && seen.contains("***"), "\(path) for \(viewer)")
                default: #expect(seen.contains(Self.url), "\(path) for \(viewer)")
                }
            }
        }
    }

    private static let url = "https://shop.example/canary"

    /// A cart with nothing but this place, and what tells its array element apart.
    private static func cart(withOnly path: String, value: String) -> String {
        guard let part = path.split(separator: ".", maxSplits: 1).first else { return "\"\(value)\"" }
        var inner = cart(withOnly: String(path.dropFirst(part.count + 1)), value: value)
        let name = part.prefix { $0 != "[" }
        for bracket in part.dropFirst(name.count).split(separator: "[").reversed() {
            let sides = bracket.dropLast().split(separator: "=")
            let sign = sides.count == 2 ? "\"\(sides[0])\":\"\(sides[1])\"," : ""
            if !sign.isEmpty, !inner.hasPrefix("{") { inner = "{\"other\":\(inner)}" }
            inner = sign.isEmpty ? "[\(inner)]" : "[{\(sign)\(inner.dropFirst())]"
        }
        return name.isEmpty || name == "**" ? inner : "{\"\(name == "*" ? "other" : name)\":\(inner)}"
    }

    /// `[id=Items].id` is what tells the element apart, so it can hold nothing else.
    private static func isSelector(_ path: String) -> Bool {
        guard let sign = path.split(separator: "[").last(where: { $0.contains("=") })?.prefix(while: { $0 != "=" }) else { return false }
        return ["].\(sign)", "].\(sign).**"].contains { path.hasSuffix($0) }
    }
}
