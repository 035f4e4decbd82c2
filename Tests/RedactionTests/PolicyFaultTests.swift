// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

@Suite struct PolicyFaultTests {
    private static let actions =
        "show, drop, scrub, link, show:price, mask:hidden, mask:email, mask:tail, mask:name, mask:place, mask:street"

    @Test(
        "faults name file, line and what to do",
        arguments: [
            ("", ["p:1: the policy names no path, so nobody would see anything: add lines"]),
            ("# only a comment\n\n", ["p:1: the policy names no path, so nobody would see anything: add lines"]),
            ("a public show show", ["p:1: 4 words instead of 5: write 'path class guest member owner'"]),
            ("a public show show show show # five", ["p:1: 6 words instead of 5: write 'path class guest member owner'"]),
            ("a secret show show show", ["p:1: 'secret' is no class: use one of public, personal, payment, identifier, opaque"]),
            ("a public see show show", ["p:1: 'see' is no action: use one of \(Self.actions)"]),
            (
                "a public Show show mask:phone",
                [
                    "p:1: 'Show' is no action: use one of \(Self.actions)",
                    "p:1: 'mask:phone' is no action: use one of \(Self.actions)",
                ]
            ),
            ("a..b public show show show", ["p:1: the path has an empty part: write names with single dots between them"]),
            ("a.**.b public show show show", ["p:1: '**' takes in all that follows: end the path with it"]),
            ("a*.b public show show show", ["p:1: 'a*' is no member name: '*' and '**' stand alone, '[]' follows a name"]),
            ("a[0].b public show show show", ["p:1: '[0]' is no array: write '[]' or '[member=value]'"]),
            ("a[].b[ public show show show", ["p:1: '[' is no array: write '[]' or '[member=value]' right after the name"]),
            (
                "a[x=1].b public show show show\na[].x public show drop show",
                ["p:1: a[x=1].b is shown to the member, but not 'x', by which the elements of this array are chosen: show 'x' as well"]
            ),
            (
                "a[].b public show show show\na[x=1].b public drop show show\na[].x public drop show show",
                ["p:1: a[].b is shown to the guest, but not 'x', by which the elements of this array are chosen: show 'x' as well"]
            ),
            (
                "a[].b public show show show\na[x=1].** public drop drop show\na[].x public drop drop show",
                ["p:1: a[].b is shown to the member, guest, but not 'x', by which the elements of this array are chosen: show 'x' as well"]
            ),
            (
                "a[].x public show show show\na[x=1].b public show show show\na[x=1].x.c public show show show",
                [
                    "p:2: a[x=1].b is shown to the owner, member, guest, service, but not 'x', by which the elements of this array are "
                        + "chosen: show 'x' as well"
                ]
            ),
            (
                "a[x=1].b public show show show\na[].x public show:price show show",
                ["p:1: a[x=1].b is shown to the guest, but not 'x', by which the elements of this array are chosen: show 'x' as well"]
            ),
            ("a[x=1] public show show show", ["p:1: a chosen element is an object: go on with one of its members, or with '**'"]),
            ("a\u{200B} public show show show", ["p:1: the path holds a character that can't be seen: type it anew"]),
            (
                "a public mask:name show show\nb identifier drop mask:tail show",
                [
                    "p:1: a is public; a mask is for personal data: write 'show' or 'drop'",
                    "p:2: b is identifier; a mask is for personal data: write 'show' or 'drop'",
                ]
            ),
            (
                (0..<13).map { place in
                    (0..<13).map { $0 == place ? "a" : "*" }.joined(separator: ".") + " public show show show"
                }.joined(separator: "\n"),
                ["p:13: the paths combine to more than 8192 places: use fewer '*'"]
            ),
            (
                "a.* personal mask:name drop show",
                ["p:1: a mask leaves the names of members as they are, which may be personal too: write a.* name by name"]
            ),
            (
                "a[x=1].b public show show show\na[y=1].b public show show show\na[].x public show show show\na[].y public show show show",
                [
                    "p:2: two members tell the elements of this array apart: use the same one in '[member=value]'"
                ]
            ),
            (
                "\na personal show show show",
                [
                    "p:2: a is personal and must not be shown to guests: write 'drop' instead of 'show', or class it as public if anyone may see it"
                ]
            ),
            (
                "a identifier scrub show show",
                [
                    "p:1: a is identifier and must not be shown to guests: write 'drop' instead of 'scrub', or class it as public if anyone may see it"
                ]
            ),
            (
                "a opaque link show show",
                [
                    "p:1: a is opaque and must not be shown to guests: write 'drop' instead of 'link', or class it as public if anyone may see it"
                ]
            ),
            (
                "a payment show:price scrub show",
                [
                    "p:1: a is payment data and must not be shown to guests: write 'drop' instead of 'show:price'",
                    "p:1: a is payment data and must not be shown to members: write 'drop' instead of 'scrub'",
                    "p:1: a is payment data and must not be shown to the owner: write 'drop' instead of 'show'",
                ]
            ),
            (
                "a payment drop mask:tail drop",
                ["p:1: a is payment data and must not be shown to members: write 'drop' instead of 'mask:tail'"]
            ),
            (
                "a identifier mask:hidden show show\nb opaque mask:hidden show show",
                [
                    "p:1: a is identifier and must not be shown to guests: write 'drop' instead of 'mask:hidden', or class it as public if anyone may see it",
                    "p:2: b is opaque and must not be shown to guests: write 'drop' instead of 'mask:hidden', or class it as public if anyone may see it",
                ]
            ),
            (
                "a personal mask:name mask:name mask:name",
                ["p:1: the owner sees a as it is or not at all: write 'show' or 'drop' instead of 'mask:name'"]
            ),
            (
                "a public show show show\nb public show show show\na public drop show show",
                [
                    "p:3: contradiction: line 1 rules a differently; keep one of them"
                ]
            ),
            ("a public show show show\na public show show show", ["p:2: unreachable: line 1 already says this; delete one of them"]),
            (
                "a.** public show show show\r\na.b public show show show",
                [
                    "p:2: unreachable: a.** on line 1 already rules a.b in the same way; delete one of them"
                ]
            ),
            (
                "a.b public show show show\na.* public show show show",
                [
                    "p:1: unreachable: a.* on line 2 already rules a.b in the same way; delete one of them"
                ]
            ),
            (
                "a.** public drop show show\na public show show show\na.* public show show show\na[] public show show show",
                [
                    "p:1: unreachable: closer lines rule every path of a.**; delete this line"
                ]
            ),
            (
                "x public show show\ny nonsense show show show\nz payment show drop drop",
                [
                    "p:1: 4 words instead of 5: write 'path class guest member owner'",
                    "p:2: 'nonsense' is no class: use one of public, personal, payment, identifier, opaque",
                    "p:3: z is payment data and must not be shown to guests: write 'drop' instead of 'show'",
                ]
            ),
        ] as [(String, [String])]
    )
    func faults(text: String, expected: [String]) {
        let faults = #expect(throws: PolicyFaults.self) { try Policy(name: "p", file: "p", text: text) }
        #expect(faults?.faults.map(\.description) == expected)
        #expect(faults?.description == expected.joined(separator: "\n"))
    }

    @Test func pathsDeeperThanAnyCartAreUnreachable() {
        func path(_ depth: Int) -> String { (0..<depth).map { "k\($0)" }.joined(separator: ".") + " public show show show" }
        #expect(throws: Never.self) { try Policy(name: "p", file: "p", text: path(64)) }
        let faults = #expect(throws: PolicyFaults.self) { try Policy(name: "p", file: "p", text: path(65)) }
        #expect(faults?.description == "p:1: unreachable: no cart is nested deeper than 64 levels; delete this line")
    }

    @Test(
        "lines that only look like faults are fine",
        arguments: [
            // A way around the wider line, and an exception to it.
            "a.** public show show show\na.b public drop show show",
            "a.** opaque drop drop show\na.b public show show show",
            // Stars for personal data, also where members see it.
            "a personal mask:name show show\nb personal mask:hidden mask:hidden drop",
            // Between the two lies a third that would rule otherwise.
            "** public show show show\n*.*.c public drop show show\n*.b.* public show show show",
            "a public show show show\na.b public show show show\na[] public show show show",
            "a[id=x].v public show show show\na[id=y].v public drop show show\na[].v public drop drop show\na[].id public show show show",
            "a[].* public show show show\na[y=1].b public drop show show",
            "a.** public show show show\na.b public show show show\na.b.c personal drop drop show",
            "a[x=1].b public show:price show show\na[x=1].x public show show show",
        ]
    )
    func noFaults(text: String) {
        #expect(throws: Never.self) { try Policy(name: "p", file: "p", text: text) }
    }

    @Test func versionIsTheTextsHash() throws {
        let policy = try Policy(name: "cart", file: "cart.policy", text: "a public show show show")
        // printf 'a public show show show' | sha256sum
        #expect(policy.version == "58255e383ca8b892")
        #expect(policy.name == "cart")
    }
}
