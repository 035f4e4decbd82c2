// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

/// The parts of the share dialog fit together without a bundler.
struct DialogScriptTests {
    private static let texts = DialogScript.parts.map { (name: $0.name, text: String(decoding: $0.source, as: UTF8.self)) }

    private func exports(of text: String) -> Set<String> {
        Set(text.matches(of: /(?m)^export (?:async )?(?:const|function|class) (\w+)/).map { String($0.1) })
    }

    @Test func whatAPartImportsAnEarlierOneExports() throws {
        var earlier: [String: Set<String>] = [:]
        for (name, text) in Self.texts {
            for line in text.split(separator: "\n") where line.contains(/^\s*import\b(?!\.|\()/) {
                let parts = try #require(line.wholeMatch(of: /import \{ ([\w, ]+) \} from "\.\/([\w.-]+)";/), "\(name): \(line)")
                let names = Set(parts.1.split(separator: ", ").map(String.init))
                #expect(names.isSubset(of: earlier[String(parts.2)] ?? []), "\(name): \(line)")
            }
            earlier[name] = exports(of: text)
        }
    }

    @Test func noNameStandsForTwoThings() {
        var owners: [String: String] = [:]
        for (name, text) in Self.texts {
            for match in text.matches(of: /(?m)^(?:export )?(?:async )?(?:const|let|function|class) (\w+)/) {
                #expect(owners.updateValue(name, forKey: String(match.1)) == nil, "\(match.1) in \(name)")
            }
        }
        #expect(owners["CartShare"] == "cart-share.js")
    }

    @Test func everyExportIsImportedSomewhere() {
        let imported = Self.texts.flatMap { $0.text.matches(of: /(?m)^import \{ ([\w, ]+) \}/) }.flatMap { $0.1.split(separator: ", ") }
        for (name, text) in Self.texts {
            #expect(exports(of: text).isSubset(of: imported.map(String.init)), "\(name)")
        }
    }

    @Test func theModuleHasNeitherImportsNorExportsNorComments() {
        let lines = String(decoding: DialogScript.module, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "// SPDX-License-Identifier: Apache-2.0")
        #expect(!lines.dropFirst().contains { $0.hasPrefix("//") || $0.hasPrefix("import {") || $0.hasPrefix("export ") })
        #expect(!lines.contains { $0.contains("/*") || $0.contains("*/") })
        #expect(lines.last?.contains(#"customElements.define("cart-share""#) == true)
    }

    @Test func commentsGoWithTheQuotesInThem() {
        let part = "// One \" more\n/** It's `that */\nclass A {\n  /*\n   * A \" in\n   three lines. */\n  b = \"/* c */\";\n}\n"
        #expect(DialogScript.code(in: part) == ["class A {", "b = \"/* c */\";", "}"])
    }

    @Test(arguments: [
        ("const a = { b: 1 };\nreturn a", "const a={b:1};return a"), ("f(\n1,\n2,\n)\ng()", "f(1,2)\ng()"),
        (#"say("a , b ; c") + `d { e }\#n f`"#, #"say("a , b ; c")+`d { e }\#n f`"#), (#""\" { " + "\\" + 1"#, #""\" { "+"\\"+1"#),
        ("async #send() {\nreturn await x;\n}", "async #send(){return await x}"), ("let a\nlet b", "let a\nlet b"),
    ])
    func onlyWhiteSpaceThatMeansNothingGoes(script: String, squeezed: String) {
        #expect(String(decoding: DialogScript.squeezed(Array(script.utf8)), as: UTF8.self) == squeezed)
    }

    @Test func bothLanguagesHaveTheSameTexts() {
        func keys(_ module: [UInt8]) -> [String] {
            String(decoding: module, as: UTF8.self).matches(of: /(?m)^  "?([\w.-]+)"?: "/).map { String($0.1) }
        }
        let english = keys(DialogScript.parts[0].source)
        #expect(english.count > 60 && Set(english).count == english.count)
        #expect(keys(DialogScript.spanish) == english)
    }

    @Test func itWeighsAtMost12Kilobytes() throws {
        #expect(try #require(Gzip.compressed(DialogScript.module, effort: 9)).count <= 12_000)
    }
}
