// SPDX-License-Identifier: Apache-2.0

@testable import Redaction

/// How well the scrubber does on labelled lines.
struct CorpusScore {
    struct Count {
        var marked = 0
        var found = 0
        var recall: Double { marked == 0 ? 1 : Double(found) / Double(marked) }
    }

    private(set) var lines = 0
    private(set) var kept = 0
    private(set) var cuts = 0
    private(set) var rightCuts = 0
    private(set) var counts: [Corpus.Kind: Count] = [:]
    /// The lines that went wrong, for the reader of a failing test.
    private(set) var misses: [String] = []

    /// The part of all cuts that touch something marked.
    var precision: Double { cuts == 0 ? 1 : Double(rightCuts) / Double(cuts) }

    var structured: Count {
        counts.filter(\.key.isStructured).values.reduce(into: Count()) {
            $0.marked += $1.marked
            $0.found += $1.found
        }
    }

    mutating func add(_ line: Corpus.Line) {
        lines += 1
        if line.marks.isEmpty { kept += 1 }
        let clean = Scrubber().scrub(line.text)
        let cuts = Self.cuts(from: line.text, to: clean)
        let right = cuts.filter { cut in line.marks.contains { $0.range.overlaps(cut) } }
        self.cuts += cuts.count
        rightCuts += right.count
        var isMissed = right.count < cuts.count
        for mark in line.marks {
            counts[mark.kind, default: Count()].marked += 1
            if Self.isGone(mark.range, of: Array(line.text.utf8), cuts) {
                counts[mark.kind, default: Count()].found += 1
            } else {
                isMissed = true
            }
        }
        if isMissed { misses.append("\(line.text)  ->  \(clean)") }
    }

    mutating func add(_ other: CorpusScore) {
        lines += other.lines
        kept += other.kept
        cuts += other.cuts
        rightCuts += other.rightCuts
        for (kind, count) in other.counts {
            counts[kind, default: Count()].marked += count.marked
            counts[kind, default: Count()].found += count.found
        }
        misses += other.misses
    }

    /// No letter and no digit of what was marked is left.
    private static func isGone(_ mark: Range<Int>, of text: [UInt8], _ cuts: [Range<Int>]) -> Bool {
        mark.allSatisfy { index in
            cuts.contains { $0.contains(index) }
                || !String(decoding: text[index...index], as: UTF8.self).contains { $0.isLetter || $0.isNumber || $0 == "\u{FFFD}" }
        }
    }

    /// Where the source was cut: what lies between the pieces that are kept. No line has a "…" of its own.
    private static func cuts(from text: String, to clean: String) -> [Range<Int>] {
        let source = Array(text.utf8)
        var cuts: [Range<Int>] = []
        var position = 0
        let pieces = Array(clean.utf8).split(separator: Array("…".utf8), omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            let start = isLast ? source.count - piece.count : source[position...].firstRange(of: piece)?.lowerBound ?? position
            if index > 0 { cuts.append(position..<start) }
            position = start + piece.count
        }
        return cuts
    }
}
