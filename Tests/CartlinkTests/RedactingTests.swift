// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks
import Testing

@testable import cartlink

struct RedactingTests {
    @Test func aProjectionIsOutlinedAMemberALine() {
        let lines = JSONOutline.lines(Array(#"{"a":"x, {y: \"1\"}","b":[],"c":{},"d":[1,{"e":null}],"f":"\\"}"#.utf8))
        #expect(
            lines == [
                "{", #"  "a": "x, {y: \"1\"}""#, #"  "b": []"#, #"  "c": {}"#, #"  "d": ["#, "    1", "    {", #"      "e": null"#, "    }",
                "  ]",
                #"  "f": "\\""#, "}",
            ]
        )
        #expect(JSONOutline.lines(Array("{}".utf8)) == ["{}"])
    }

    @Test func whatOnlyOneSideHasStandsAlone() {
        let rows = SideBySide(["{", "a", "b", "}"], ["{", "b", "c", "}"]).rows
        let expected: [(String?, String?)] = [("{", "{"), ("a", nil), ("b", "b"), (nil, "c"), ("}", "}")]
        #expect(rows == expected.map { SideBySide.Row(left: $0.0, right: $0.1) })
        #expect(SideBySide([], ["x"]).rows == [SideBySide.Row(right: "x")])
    }

    @Test func bothSidesAreAsWideAsTheTerminalAllows() {
        let text = SideBySide([String(repeating: "long", count: 20)], ["short"]).text(headers: ("member", "guest"), width: 61)
        for line in text.split(separator: "\n") { #expect(line.count <= 61) }
        #expect(text.contains("longlonglonglonglonglonglon…"))
    }

    @Test(
        "the format is told by what only it has",
        arguments: [
            (#"{"orderFormId":"x","items":[]}"#, CartFormat.vtexOrderForm), (#"{"data":{"type":"carts"}}"#, .sprykerCart),
            (#"{"currency":"EUR","items":[]}"#, .cartlink), (#"{"lines":[]}"#, nil),
        ] as [(String, CartFormat?)]
    )
    func formats(cart: String, format: CartFormat?) throws {
        #expect(try CartFormat(guessedFrom: Array(cart.utf8)) == format)
        #expect(throws: JSONFault.self) { try CartFormat(guessedFrom: Array(cart.utf8.dropLast())) }
    }

    @Test func whatATerminalWouldObeyIsSpelledOut() {
        #expect(
            Columns.lines([["a\u{1B}[31m\n", "b\u{202E}"], ["👩‍👧", "c"]]) == ["a\\u{1b}[31m\\u{a}  b\\u{202e}", "👩‍👧                 c"]
        )
    }

    @Test func longTextsAreComparedInTime() {
        let member = (0..<60_000).map { "  \"line\": \($0 % 50_000)" }
        let guest = member.enumerated().filter { $0.offset % 3 != 1 }.map(\.element)
        let rows = SideBySide(member, guest).rows
        #expect(rows.compactMap(\.left) == member)
        #expect(rows.compactMap(\.right) == guest)
    }

    @Test func aPolicyIsDrawnAsATree() throws {
        let text = """
            items[].sku    public    show        show   show
            items[].o.*    public    scrub       scrub  show
            note.**        personal  drop        drop   show
            """
        let tree = PolicyTree(policy: try Policy(name: "p", file: "p", text: text)).text
        #expect(
            tree.hasPrefix(
                """
                p        class     guest  member  owner  service
                items[]
                ├ sku    public    show   show    show   show
                └ o
                  └ *    public    scrub  scrub   show   show
                note.**  personal  –      –       show   –
                """
            )
        )
    }
}
