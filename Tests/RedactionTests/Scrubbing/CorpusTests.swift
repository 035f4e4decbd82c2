// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The figures in docs/policies.md come from here.
@Suite struct CorpusTests {
    @Test func findsWhatIsMarkedAndKeepsTheRest() throws {
        var scores: [(name: String, score: CorpusScore)] = []
        var all = CorpusScore()
        for part in ["", "held-out-"] {
            for language in Corpus.languages {
                var score = CorpusScore()
                for line in try Corpus.lines(part + language) { score.add(line) }
                scores.append((part + language, score))
                all.add(score)
            }
        }
        print(Self.table(scores + [("all", all)]))
        let misses = all.misses.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["SHOW_MISSES"] != nil {
            for (name, score) in scores { for miss in score.misses { print(name, miss) } }
        }
        #expect(all.lines >= 800)
        #expect(all.kept * 10 >= all.lines * 4)
        #expect(all.precision >= 0.95, "\(misses)")
        for kind in Corpus.Kind.allCases {
            let count = try #require(all.counts[kind])
            #expect(count.recall >= (kind.isStructured ? 0.99 : 0.9), "\(kind): \(misses)")
        }
    }

    @Test("reads marks and escapes")
    func readsLines() throws {
        let line = try Corpus.line(#"a⟦card:4\u{200B}1⟧ b ⟦phone:5⟧"#)
        #expect(line.text == "a4\u{200B}1 b 5")
        #expect(line.marks.map(\.kind) == [.card, .phone])
        #expect(line.marks.map(\.range) == [1..<6, 9..<10])
        for bad in ["⟦name:Ann⟧", "⟦phone:5", "5⟧", "⟦phone:⟦card:4⟧⟧", #"\u{110000}"#] {
            #expect(throws: Corpus.Malformed.self) { try Corpus.line(bad) }
        }
    }

    /// A score can tell good from bad: what is left, and what was cut without need, both count.
    @Test func scoresMissesAndNeedlessCuts() throws {
        var score = CorpusScore()
        score.add(try Corpus.line("⟦phone:+34 612 345 678⟧ and ⟦phone:twelve⟧"))
        score.add(try Corpus.line("ann@mail.example"))
        #expect(score.structured.marked == 2)
        #expect(score.structured.found == 1)
        #expect(score.precision == 0.5)
        #expect(score.misses.count == 2)
    }

    private static func table(_ scores: [(name: String, score: CorpusScore)]) -> String {
        let kinds = Corpus.Kind.allCases
        let head = ["part", "lines", "kept"] + kinds.map(\.rawValue) + ["structured", "precision"]
        var rows = [head]
        for (name, score) in scores {
            rows.append(
                [name, "\(score.lines)", "\(score.kept)"] + kinds.map { cell(score.counts[$0] ?? .init()) } + [
                    cell(score.structured), "\(score.rightCuts)/\(score.cuts) \(percent(score.precision))",
                ]
            )
        }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max()! }
        return rows.map { row in zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ") }
            .joined(separator: "\n")
    }

    private static func cell(_ count: CorpusScore.Count) -> String {
        "\(count.found)/\(count.marked) \(percent(count.recall))"
    }

    private static func percent(_ part: Double) -> String {
        String(format: "%.3f", part)
    }
}
