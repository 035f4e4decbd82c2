// SPDX-License-Identifier: Apache-2.0

/// German streets in one word, `Hauptstraße 12`, and those without such a word, `Am Markt 3, 50667 Köln`.
enum GermanStreet {
    static func compound(_ index: Int, in line: StreetLine) -> Range<Int>? {
        guard let next = line.next(index + 1), next.isNumber, let end = line.houseNumberEnd(index + 1) else { return nil }
        // `Martin-Luther-King-Straße`, `Alte Poststraße`
        var first = index
        while first > 0, index - first < 4, let word = line.previous(first - 1), !word.isNumber, line.isCapital(word) {
            let gap = line.words.gap(after: first - 1)
            guard gap.count == 1, line.text[gap.lowerBound] == UInt8(ascii: "-") || isOldOrNew(word, in: line) else { break }
            first -= 1
        }
        return Int(line.words.all[first].start)..<end
    }

    private static func isOldOrNew(_ word: Word, in line: StreetLine) -> Bool {
        adjectives.contains { line.spells(word, $0) }
    }

    private static let adjectives: [StaticString] = ["alte", "neue", "obere", "untere", "grose", "kleine", "lange"]

    /// A preposition, one to three names, the number, and a postal code of five digits: without that it may be anything.
    static func place(_ index: Int, in line: StreetLine) -> Range<Int>? {
        guard line.isCapital(line.words.all[index]) else { return nil }
        for offset in 1...4 {
            guard let next = line.next(index + offset) else { return nil }
            guard next.isNumber else { continue }
            guard offset > 1, let end = line.houseNumberEnd(index + offset) else { return nil }
            for position in index + offset + 1..<index + offset + 3 {
                guard let code = line.next(position) else { return nil }
                if code.isNumber { return code.count == 5 ? Int(line.words.all[index].start)..<end : nil }
            }
            return nil
        }
        return nil
    }
}
