// SPDX-License-Identifier: Apache-2.0

/// `PO Box 1234`, `P.O. Box 77`, `Postfach 10 20 30`, `Apartado de correos 215`, `Caixa Postal 123`.
enum PostBox {
    static func find(_ index: Int, _ roles: WordRoles, in line: StreetLine) -> Range<Int>? {
        var first = index
        var last = index
        if roles.contains(.boxEnd) {
            // `PO Box`, `P.O. Box`, `Caixa Postal`
            guard let before = line.previous(index - 1) else { return nil }
            if line.spells(before, "o"), let letter = line.previous(index - 2), line.spells(letter, "p") {
                first = index - 2
            } else if line.spells(before, "po") || line.spells(before, "caixa") {
                first = index - 1
            } else {
                return nil
            }
        } else if line.spells(line.words.all[index], "apartado") {
            // Alone it is Spanish for a section of a text.
            guard let next = line.next(index + 1), !next.isNumber else { return nil }
            last = line.spells(next, "de") ? index + 2 : index + 1
            guard let kind = line.next(last), line.spells(kind, "correos") || line.spells(kind, "postal") || line.spells(kind, "aereo")
            else { return nil }
        }
        guard let number = line.next(last + 1), number.isNumber, number.count <= 6 else { return nil }
        var end = last + 1
        while end < last + 4, let more = line.next(end + 1), more.isNumber, more.count <= 3, line.words.gap(after: end).count == 1 {
            end += 1
        }
        return Int(line.words.all[first].start)..<Int(line.words.all[end].end)
    }
}
