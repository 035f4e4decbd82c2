// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What must hold of the scrubber, and of the masks beside it, for every text.
package enum ScrubberProperty {
    /// - Parameter input: a digit for what is planted, a byte for where, and the text.
    package static func check(_ input: [UInt8]) throws(Violation) {
        guard input.count >= 2 else { return }
        let text = Array(shown(input[2...]).utf8)
        try checkResult(of: text)
        try MaskProperty.check(shown(text))
        try checkInDocuments(text)
        try checkPlanted(Planted.all[Int(input[0] & 15) % Planted.all.count], in: text, at: Int(input[1]))
        // Few inputs are worth the time this takes: short ones, repeated.
        if input.count <= 34, input.reduce(0, { $0 &* 31 &+ Int($1) }) % 64 == 0 { try checkTime(of: text) }
    }

    private static func checkResult(of text: [UInt8]) throws(Violation) {
        let clean = Scrubber().scrubbed(text)
        let again = Scrubber().scrubbed(clean)
        let evidence = "\(shown(text))\n  once \(shown(clean))\n  twice \(shown(again))"
        try expect(again == clean, "scrubbing twice equals scrubbing once", evidence)
        let isLonger = MinimalJSON.string(clean).count > MinimalJSON.string(text).count
        try expect(!isLonger, "scrubbed text is no longer than the text, as JSON", evidence)
        try expect(isCut(clean, from: text), "scrubbing only puts … in place of parts", evidence)
    }

    /// Whether `clean` comes from `text` by putting "…" in place of parts of it. Each piece is looked for from where the one before
    /// ended; the first and the last one are held by the ends.
    private static func isCut(_ clean: [UInt8], from text: [UInt8]) -> Bool {
        let mark = Array("…".utf8)
        var pieces: [[UInt8]] = [[]]
        for byte in clean {
            pieces[pieces.count - 1].append(byte)
            if pieces[pieces.count - 1].suffix(mark.count) == mark[...] {
                pieces[pieces.count - 1].removeLast(mark.count)
                pieces.append([])
            }
        }
        if pieces.count == 1 { return pieces[0] == text }
        guard text.starts(with: pieces[0]) else { return false }
        var rest = text.dropFirst(pieces[0].count)
        for piece in pieces.dropFirst().dropLast() {
            guard let found = (rest.startIndex...rest.endIndex).first(where: { rest[$0...].starts(with: piece) }) else { return false }
            rest = rest[(found + piece.count)...]
        }
        return rest.suffix(pieces.last!.count) == pieces.last![...]  // there are at least two
    }

    /// However a document writes the text, its projection is the same valid JSON and fits into the room of the document.
    private static func checkInDocuments(_ text: [UInt8]) throws(Violation) {
        let clean = Scrubber().scrubbed(text)
        for written in [MinimalJSON.string(text), MinimalJSON.longString(shown(text))] {
            let output = try? scrubsAll.project(object(Array(#""v""#.utf8), written), for: .guest)
            let expected = object(Array(#""v""#.utf8), clean == text ? written : MinimalJSON.string(clean))
            try expect(output == expected, "the filter writes what the scrubber leaves", "\(shown(expected))\n  \(shown(output ?? []))")
        }
        let named = object(MinimalJSON.string(text), [UInt8(ascii: "1")])
        let output = try? scrubsAll.project(named, for: .guest)
        try expect(output == (clean == text ? named : Array("{}".utf8)), "a name with personal data is dropped", shown(named))
    }

    private static func object(_ name: [UInt8], _ value: [UInt8]) -> [UInt8] {
        [UInt8(ascii: "{")] + name + [UInt8(ascii: ":")] + value + [UInt8(ascii: "}")]
    }

    private static let scrubsAll = try! Policy(name: "all", file: "all", text: "* public scrub scrub scrub")  // it is good

    private static func checkPlanted(_ planted: String, in text: [UInt8], at position: Int) throws(Violation) {
        let scalars = Array(shown(text).unicodeScalars)
        let middle = position % (scalars.count + 1)
        let sides = [scalars[..<middle], scalars[middle...]].map { Array(String(String.UnicodeScalarView($0)).utf8) }
        let planted = Array(planted.utf8)
        guard !sides.contains(where: { contains($0, planted) }) else { return }
        let whole = sides[0] + [UInt8(ascii: " ")] + planted + [UInt8(ascii: " ")] + sides[1]
        let clean = Scrubber().scrubbed(whole)
        try expect(!contains(clean, planted), "a planted \(shown(planted)) does not survive", "\(shown(whole))\n  \(shown(clean))")
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        text.indices.contains { text[$0...].starts(with: part) }
    }

    private static func checkTime(of text: [UInt8]) throws(Violation) {
        guard !text.isEmpty else { return }
        let long = String(repeating: shown(text), count: 131_072 / text.count)
        let seconds = CPUTime.seconds { _ = Scrubber().scrub(long) }
        try expect(seconds < 1, "128 KiB are scrubbed within a second", "\(seconds) s for repeated \(shown(text))")
    }
}

/// What the scrubber must find wherever it stands between spaces. Nobody's: example domains, test cards, fictitious numbers.
enum Planted {
    static let all = [
        "ann.lee@mail.example", "jörg@müller.example", "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005",
        "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "+34612345678", "+44 7700 900123", "https://ann:secret@shop.example/a",
        "4111\u{200B}1111\u{200B}1111\u{200B}1111", "４１１１１１１１１１１１１１１１", "ann.lee (at) mail.example",
    ]
}
