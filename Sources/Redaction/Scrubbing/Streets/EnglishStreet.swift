// SPDX-License-Identifier: Apache-2.0

/// English, and German in two words: `221B Baker Street`, `12 high street`, `Baker Street 221B`, `Berliner Straße 12`.
enum EnglishStreet {
    static func find(_ index: Int, _ roles: WordRoles, in line: StreetLine) -> Range<Int>? {
        let isPlace = !roles.contains(.streetEnd)
        guard !line.isGoods(behind: index) else { return nil }
        return numberBefore(index, isPlace: isPlace, in: line) ?? numberBehind(index, isPlace: isPlace, in: line)
    }

    /// Up to four names before the word, and before them the number.
    private static func numberBefore(_ index: Int, isPlace: Bool, in line: StreetLine) -> Range<Int>? {
        var isCapital = true
        var isFirst = true
        for position in stride(from: index - 1, through: max(0, index - 6), by: -1) {
            guard let word = line.previous(position) else { return nil }
            if word.isNumber {
                guard !isFirst else { return nil }
                return number(position, isCapital: isCapital, street: index, isPlace: isPlace, in: line)
            }
            // The letter of `221B`.
            if word.count == 1, position > 0, line.words.gap(after: position - 1).isEmpty, line.words.all[position - 1].isNumber, !isFirst {
                return number(position - 1, isCapital: isCapital, street: index, isPlace: isPlace, in: line)
            }
            // `5th Avenue`
            if word.count == 2, position > 0, line.words.gap(after: position - 1).isEmpty, line.words.all[position - 1].isNumber {
                continue
            }
            guard word.roles.isDisjoint(with: .notName), !(word.roles.contains(.unit) && word.count > 2) else { return nil }
            isCapital = isCapital && (line.isCapital(word) || word.roles.contains(.link) || word.count == 1)
            isFirst = false
        }
        return nil
    }

    private static func number(_ position: Int, isCapital: Bool, street: Int, isPlace: Bool, in line: StreetLine) -> Range<Int>? {
        let number = line.words.all[position]
        guard number.count <= 5, !"$.".utf8.contains(line.text[Int(number.start) - 1]), !line.text[Int(number.start) - 1].isLetter else {
            return nil
        }
        guard isCapital || endsThere(street, in: line) else { return nil }
        guard !isPlace || isCapital && line.isCapital(line.words.all[street]) && endsThere(street, in: line) else { return nil }
        return flat(before: position, in: line)..<Int(line.words.all[street].end)
    }

    /// In small letters the street must be all there is, up to a comma or another end: not `2 street style socks`.
    private static func endsThere(_ street: Int, in line: StreetLine) -> Bool {
        let behind = line.text[Int(line.words.all[street].end)]
        return !behind.isSpace || !line.text[Int(line.words.all[street].end) + 1].isLetter
    }

    /// `Flat 3, 48 Queens Road`
    private static func flat(before position: Int, in line: StreetLine) -> Int {
        let start = Int(line.words.all[position].start)
        guard let number = line.previous(position - 1), number.isNumber, let flat = line.previous(position - 2) else { return start }
        return flats.contains { line.spells(flat, $0) } ? Int(flat.start) : start
    }

    private static let flats: [StaticString] = ["flat", "apt", "unit", "apartment", "suite"]

    /// `Long Acre Road 12`: one to three names with capitals, the word, the number.
    private static func numberBehind(_ index: Int, isPlace: Bool, in line: StreetLine) -> Range<Int>? {
        guard let next = line.next(index + 1), next.isNumber, let end = line.houseNumberEnd(index + 1) else { return nil }
        // `Wall Street 2 DVD`
        guard line.next(index + 2)?.roles.isDisjoint(with: [.notName, .goods]) != false else { return nil }
        var first: Int?
        for position in stride(from: index - 1, through: max(0, index - 4), by: -1) {
            guard let word = line.previous(position), !word.isNumber, line.isCapital(word), word.roles.isDisjoint(with: .notName) else {
                break
            }
            first = position
        }
        guard let first, !isPlace || line.isCapital(line.words.all[index]) else { return nil }
        return Int(line.words.all[first].start)..<end
    }
}
