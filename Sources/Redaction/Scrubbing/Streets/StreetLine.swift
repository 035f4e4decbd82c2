// SPDX-License-Identifier: Apache-2.0

/// The words around a word that may be part of a street, and the house numbers among them.
struct StreetLine {
    let text: FoldedText
    let words: Words
    /// Where the last find ended: nothing is read before that.
    var floor = 0

    init(_ text: FoldedText, _ words: Words) {
        (self.text, self.words) = (text, words)
    }

    /// The word at `index` if only spaces, commas, dots, dashes, apostrophes or a sign for "number" part it from the one before.
    func next(_ index: Int) -> Word? {
        guard index < words.all.count, index > 0, joins(index - 1), !isCut(index) else { return nil }
        return words.all[index]
    }

    /// The word at `index` if it is as close to the one behind it, and not before the floor.
    func previous(_ index: Int) -> Word? {
        guard index >= 0, joins(index), Int(words.all[index].start) >= floor, !isCut(index) else { return nil }
        return words.all[index]
    }

    private func joins(_ index: Int) -> Bool {
        let gap = words.gap(after: index)
        return gap.count <= 3 && gap.allSatisfy { isJoint(text[$0]) }
    }

    private func isJoint(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "/"),
            UInt8(ascii: "#"):
            true
        default: false
        }
    }

    /// The word is a number that another finder took.
    private func isCut(_ index: Int) -> Bool { text[Int(words.all[index].start)] == FoldedScalar.mark }

    func isCapital(_ word: Word) -> Bool {
        let first = text[Int(word.start)]
        return first.isUppercase || first == FoldedScalar.letter
    }

    func isLetter(_ word: Word, _ letter: UInt8) -> Bool {
        word.count == 1 && text[Int(word.start)].lowercased == letter
    }

    /// Whether the word is made of these letters, in lower case or capitals.
    func spells(_ word: Word, _ letters: StaticString) -> Bool {
        word.count == letters.utf8CodeUnitCount
            && letters.withUTF8Buffer { letters in
                (0..<letters.count).allSatisfy { text[Int(word.start) + $0].lowercased == letters[$0] }
            }
    }

    func hasComma(before index: Int) -> Bool {
        index > 0 && words.gap(after: index - 1).contains { text[$0] == UInt8(ascii: ",") || text[$0] == UInt8(ascii: "#") }
    }

    /// Where the house number that begins with the word `index` ends: `12`, `12b`, `12 b`, `12-14`, `45-67`, `12 bis`; nil if it is
    /// a measure, a year without a comma before it, an ordinal, or has more than five digits.
    func houseNumberEnd(_ index: Int) -> Int? {
        let word = words.all[index]
        guard word.isNumber, word.count <= 5, Int(word.start) >= floor else { return nil }
        if word.count == 4, !hasComma(before: index), "12".utf8.contains(text[Int(word.start)]), isYear(word) { return nil }
        var end = index
        if let next = next(index + 1) {
            let gap = words.gap(after: index)
            if next.count == 1, !next.isNumber, gap.count <= 1, isHouseLetter(next), gap.isEmpty || isAlone(index + 1) {
                end += 1
            } else if gap.isEmpty {
                return nil
            } else if next.isNumber, next.count <= 5, gap.count == 1, text[gap.lowerBound] == UInt8(ascii: "-") {
                end += 1
            } else if gap.allSatisfy({ text[$0].isSpace || text[$0] == UInt8(ascii: "-") }), !next.isNumber, next.roles.contains(.unit) {
                return nil
            } else if gap.count == 1, next.isNumber, ".,".utf8.contains(text[gap.lowerBound]) {
                return nil
            }
        }
        let behind = text[Int(words.all[end].end)]
        return "%$".utf8.contains(behind) || behind.isSpace && "%$".utf8.contains(text[Int(words.all[end].end) + 1])
            ? nil : Int(words.all[end].end)
    }

    private func isYear(_ word: Word) -> Bool {
        let value = word.range.reduce(0) { $0 * 10 + Int(text[$1] - UInt8(ascii: "0")) }
        return (1900..<2100).contains(value)
    }

    /// Houses are rarely told apart by a letter behind h; `4K`, `5 L` and `12 V` are measures.
    private func isHouseLetter(_ word: Word) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "h")).contains(text[Int(word.start)].lowercased)
    }

    /// A single letter with nothing but an end or a comma behind: not the `a` in `12 a Juan`.
    private func isAlone(_ index: Int) -> Bool {
        let behind = text[Int(words.all[index].end)]
        return behind == 0 || !(behind.isSpace && text[Int(words.all[index].end) + 1].isLetter)
            || text[Int(words.all[index].start)].isUppercase
            || text[Int(words.all[index].start)] == UInt8(ascii: "b")
    }

    /// Whether the street that ends with the word `index` is followed by something to buy, as in `40 Road Bike`.
    func isGoods(behind index: Int) -> Bool {
        guard index + 1 < words.all.count, words.gap(after: index).count <= 1 else { return false }
        return words.all[index + 1].roles.contains(.goods)
    }
}
