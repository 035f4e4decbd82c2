// SPDX-License-Identifier: Apache-2.0

/// Finds a street with a house number in the usual Spanish, Portuguese, English and German forms, and post office boxes.
///
/// Streets have no check digit: capitals, commas and the words around decide, see `WordRoles`.
enum Street {
    static func find(in text: FoldedText, _ words: Words) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        guard words.all.contains(where: \.isNumber) else { return finds }
        var line = StreetLine(text, words)
        for index in words.all.indices where !words.all[index].roles.isDisjoint(with: keywords) && Int(words.all[index].start) >= line.floor
        {
            if let find = find(index, words.all[index].roles, in: line) {
                finds.append(find)
                line.floor = find.upperBound
            }
        }
        return finds
    }

    private static let keywords: WordRoles = [
        .streetStart, .placeStart, .streetLetter, .streetEnd, .placeEnd, .compoundStreet, .placePreposition, .box, .boxEnd,
    ]

    private static func find(_ index: Int, _ roles: WordRoles, in line: StreetLine) -> Range<Int>? {
        if !roles.isDisjoint(with: [.streetStart, .placeStart, .streetLetter]), let find = SpanishStreet.find(index, roles, in: line) {
            return find
        }
        if !roles.isDisjoint(with: [.streetEnd, .placeEnd]), let find = EnglishStreet.find(index, roles, in: line) { return find }
        if roles.contains(.compoundStreet) { return GermanStreet.compound(index, in: line) }
        if roles.contains(.placePreposition) { return GermanStreet.place(index, in: line) }
        if !roles.isDisjoint(with: [.box, .boxEnd]) { return PostBox.find(index, roles, in: line) }
        return nil
    }
}
