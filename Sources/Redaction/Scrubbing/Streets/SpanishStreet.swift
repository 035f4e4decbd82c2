// SPDX-License-Identifier: Apache-2.0

/// Spanish and Portuguese: the kind of street, its name, the number. `Calle de la Rosa, n.º 5`, `Av. Paulista 1578`, `C/ Mayor, 5`.
enum SpanishStreet {
    static func find(_ index: Int, _ roles: WordRoles, in line: StreetLine) -> Range<Int>? {
        let word = line.words.all[index]
        guard word.count > 1 || !line.text[Int(word.start) - 1].isDigit else { return nil }
        let isPlace = roles.isDisjoint(with: .streetStart)
        if roles.isDisjoint(with: [.streetStart, .placeStart]), !isAbbreviation(index, word, in: line) { return nil }
        let start = numberBefore(index, in: line)
        return behind(index, word, isPlace: isPlace, in: line) ?? start.flatMap { namedAfter(index, from: $0, in: line) }
    }

    /// `C/`, `R.`, `Av.`: with its sign, and for the ambiguous `c/` (Spanish and Portuguese for "with") in capitals or before `de`.
    private static func isAbbreviation(_ index: Int, _ word: Word, in line: StreetLine) -> Bool {
        let sign = line.text[Int(word.end)]
        guard
            sign == UInt8(ascii: ".") || sign == UInt8(ascii: "/") || word.count == 2 && line.text[Int(word.start) + 1].isUppercase == false
        else {
            return false
        }
        guard let next = line.next(index + 1) else { return false }
        if line.isLetter(word, UInt8(ascii: "c")), sign == UInt8(ascii: "/") {
            // `c/o`
            if next.count == 1 { return false }
            return line.isCapital(next) || next.roles.contains(.link)
        }
        return line.isCapital(word) && (line.isCapital(next) || next.roles.contains(.link)) || line.isCapital(next) && word.count > 1
    }

    /// Up to seven words, then the number.
    private static func behind(_ index: Int, _ word: Word, isPlace: Bool, in line: StreetLine) -> Range<Int>? {
        var hasName = false
        var isCapital = false
        for offset in 1...8 {
            let position = index + offset
            guard let next = line.next(position) else { return nil }
            if next.isNumber {
                // `Rua 7 de Setembro`
                if offset == 1 {
                    if let name = line.next(position + 1), name.roles.contains(.link) { continue }
                    // `Calle 13 # 45-67`: streets with numbers for names.
                    guard let end = crossing(position, in: line) else { return nil }
                    return Int(word.start)..<end
                }
                guard hasName, let end = line.houseNumberEnd(position) else { return nil }
                guard !isPlace || isCapital else { return nil }
                // `Panela C/ Tampa 24`: an abbreviation of one letter needs a comma, or a start of its own.
                if word.count == 1, !line.hasComma(before: position), !startsLine(index, in: line) { return nil }
                return Int(word.start)..<(kilometre(position, in: line) ?? end)
            }
            if hasName, next.roles.contains(.houseNumber), isFollowedByNumber(position, in: line) { continue }
            if next.roles.contains(.notName), !next.roles.contains(.link) { return nil }
            if !next.roles.contains(.link) || line.isCapital(next) {
                hasName = true
                isCapital = isCapital || line.isCapital(next)
            }
        }
        return nil
    }

    private static func isFollowedByNumber(_ index: Int, in line: StreetLine) -> Bool {
        for position in index + 1..<index + 3 {
            guard let next = line.next(position) else { return false }
            if next.isNumber { return true }
        }
        return false
    }

    /// `# 45-67`, `No. 71-21`, behind the street's own number.
    private static func crossing(_ index: Int, in line: StreetLine) -> Int? {
        var position = index + 1
        let isSigned = line.hasComma(before: position < line.words.all.count ? position : index)
        if let next = line.next(position), next.roles.contains(.houseNumber) { position += 1 } else if !isSigned { return nil }
        guard let number = line.next(position), number.isNumber else { return nil }
        return line.houseNumberEnd(position)
    }

    /// `Carretera Nacional 340, km 12`
    private static func kilometre(_ index: Int, in line: StreetLine) -> Int? {
        guard let word = line.next(index + 1), line.spells(word, "km"), let number = line.next(index + 2), number.isNumber else {
            return nil
        }
        return Int(number.end)
    }

    private static func startsLine(_ index: Int, in line: StreetLine) -> Bool {
        let before = line.text[Int(line.words.all[index].start) - 1]
        if before == 0 || before == UInt8(ascii: "\n") { return true }
        guard index > 0 else { return true }
        if line.words.gap(after: index - 1).contains(where: { isBreak(line.text[$0]) }) { return true }
        let previous = line.words.all[index - 1]
        return previous.count <= 3 && beginnings.contains { line.spells(previous, $0) }
    }

    private static func isBreak(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "("): true
        default: false
        }
    }

    /// Words before a street: in, at, the.
    private static let beginnings: [StaticString] = ["en", "na", "no", "in", "la", "a", "rua"]

    private static func numberBefore(_ index: Int, in line: StreetLine) -> Int? {
        guard index > 0, let number = line.previous(index - 1), number.isNumber, number.count <= 4 else { return nil }
        return Int(number.start)
    }

    /// `5 Calle Luna`: the number in front, and a name with a capital.
    private static func namedAfter(_ index: Int, from start: Int, in line: StreetLine) -> Range<Int>? {
        guard line.words.all[index].roles.contains(.streetStart) else { return nil }
        var end: Int?
        for position in index + 1..<index + 5 {
            guard let next = line.next(position), !next.isNumber, line.isCapital(next) || next.roles.contains(.link) else { break }
            if line.isCapital(next) { end = Int(next.end) }
        }
        return end.map { start..<$0 }
    }
}
