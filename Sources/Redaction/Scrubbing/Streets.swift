// SPDX-License-Identifier: Apache-2.0

/// Finds a street with a number in the usual English, German, Spanish and Portuguese forms.
enum Streets {
    private struct Word {
        let range: Range<Int>
        let lowercased: [UInt8]
        let isNumber: Bool
        let isName: Bool
    }

    static func find(in text: [UInt8]) -> [Range<Int>] {
        let words = words(in: text)
        var finds: [Range<Int>] = []
        for (index, word) in words.enumerated() where !word.isNumber {
            if before.contains(word.lowercased), let end = numberAfter(index, words, text) {
                finds.append(word.range.lowerBound..<end)
            } else if after.contains(word.lowercased), let find = numberAround(index, words, text) {
                finds.append(find)
            } else if endings.contains(where: { word.lowercased.count > $0.count + 1 && word.lowercased.suffix($0.count) == $0[...] }),
                let next = neighbour(index + 1, words, text), next.isNumber
            {
                finds.append(word.range.lowerBound..<next.range.upperBound)
            }
        }
        return finds
    }

    /// `Calle de la Rosa, n.º 5`: up to five words, then a number.
    private static func numberAfter(_ index: Int, _ words: [Word], _ text: [UInt8]) -> Int? {
        for offset in 1...6 {
            guard let word = neighbour(index + offset, words, text) else { return nil }
            if word.isNumber { return offset > 1 ? word.range.upperBound : nil }
        }
        return nil
    }

    /// `12 Long Acre Road` or `Long Acre Road 12`: one to three names beside the word, and a number at either end.
    private static func numberAround(_ index: Int, _ words: [Word], _ text: [UInt8]) -> Range<Int>? {
        var first = index
        while first > 0, index - first < 3, words[first - 1].isName, neighbour(first, words, text) != nil { first -= 1 }
        guard first < index else { return nil }
        let end = words[index].range.upperBound
        if let next = neighbour(index + 1, words, text), next.isNumber { return words[first].range.lowerBound..<next.range.upperBound }
        guard first > 0, words[first - 1].isNumber, neighbour(first, words, text) != nil else { return nil }
        return words[first - 1].range.lowerBound..<end
    }

    /// The word at `index`, unless more than a comma, a full stop and spaces part it from the one before.
    private static func neighbour(_ index: Int, _ words: [Word], _ text: [UInt8]) -> Word? {
        guard index > 0, index < words.count else { return nil }
        let gap = text[words[index - 1].range.upperBound..<words[index].range.lowerBound]
        return gap.count <= 3 && gap.allSatisfy({ " ,./".utf8.contains($0) }) ? words[index] : nil
    }

    private static func words(in text: [UInt8]) -> [Word] {
        var words: [Word] = []
        var index = 0
        while index < text.count {
            guard text[index].isLetter || text[index].isDigit else {
                index += 1
                continue
            }
            let start = index
            while index < text.count, text[index].isLetter || text[index].isDigit { index += 1 }
            let word = text[start..<index]
            let digits = word.prefix(while: \.isDigit).count
            words.append(
                Word(
                    range: start..<index,
                    lowercased: word.count <= 24 ? word.map(\.lowercased) : [],
                    isNumber: (1...5).contains(digits) && word.count - digits <= 1,
                    isName: word.first!.isUppercase || word.first! >= 0xC3 && word.first! < 0xE0
                )
            )
        }
        return words
    }

    private static let before = set(
        "calle c avenida avda avd paseo plaza carrera carretera camino ronda rua travessa praça alameda rodovia"
    )
    private static let after = set("street st road rd avenue ave lane boulevard blvd crescent terrace")
    private static let endings = ["straße", "strasse", "str", "weg", "platz", "allee", "gasse"].map { Array($0.utf8) }

    private static func set(_ words: String) -> Set<[UInt8]> {
        Set(words.split(separator: " ").map { Array($0.utf8) })
    }
}
