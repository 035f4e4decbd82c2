// SPDX-License-Identifier: Apache-2.0

/// A text as a mask sees it: words of characters that may be shown or not.
///
/// Stars in the text count as hidden letters, and nothing between two of them is shown. What a mask draws has at least three
/// stars for every three letters it shows, so the same rules give the same letters again when they meet their own result.
struct MaskableText {
    static let stars = "***"

    /// nil stands for a character that is never shown.
    private let words: [[Character?]]
    /// How many letters may be shown in all.
    private let allowance: Int

    /// - Parameter least: how many letters a text needs for any to be shown. A text with stars needs four: what they hide may
    ///   be of any length.
    init(_ text: String, least: Int = 4) {
        var letters = 0
        var isStarred = false
        words = text.split(whereSeparator: \.isWhitespace).map { word in
            word.map { character in
                if character == "*" { isStarred = true }
                let isShowable = Self.isShowable(character)
                if isShowable || character == "*" { letters += 1 }
                return isShowable ? character : nil
            }
        }
        allowance = letters >= (isStarred ? 4 : least) ? letters / 2 : 0
    }

    /// A letter or digit with its marks, which stays itself next to a star: some scripts have signs that join what follows
    /// them. Marks without end could carry a text of their own.
    private static func isShowable(_ character: Character) -> Bool {
        guard character.isLetter || character.isNumber, character.utf8.count <= 32 else { return false }
        return character.unicodeScalars.allSatisfy(isLetterNumberOrMark) && "*\(character)*".count == 3
    }

    private static func isLetterNumberOrMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .decimalNumber, .letterNumber, .otherNumber: true
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Each word's first letter, in the order of the words while the allowance lasts.
    func showingInitials() -> String {
        var left = allowance
        return joined(
            words.map { word in
                guard left > 0, let initial = word.first ?? nil else { return Self.stars }
                left -= 1
                return String(initial) + Self.stars
            }
        )
    }

    /// The text's last letters, as far as they stand together.
    func showingTail(_ most: Int) -> String {
        Self.stars + Self.ending(of: words.last ?? [], min(most, allowance))
    }

    /// The first letters of the first word and the last letters of the last, each as far as they stand together.
    ///
    /// Both only where two words are hidden, so that there are enough stars; and of the last word at most half, as it
    /// may be a house number.
    func showingEnds(first: Int, last: Int) -> String {
        guard let firstWord = words.first, let lastWord = words.last else { return Self.stars }
        let start = firstWord.prefix(min(first, allowance)).prefix { $0 != nil }.count
        let hiddenWords = words.count - (start == firstWord.count ? 1 : 0)
        let mayShowEnding = hiddenWords > 1 && lastWord.count > 3
        let end = mayShowEnding ? min(last, allowance - start, lastWord.count / 2) : 0
        return joined(
            words.enumerated().map { index, word in
                let beginning = index == 0 ? Self.text(word.prefix(start)) : ""
                if index == 0, start == word.count { return beginning }
                return beginning + Self.stars + (index == words.count - 1 ? Self.ending(of: word, end) : "")
            }
        )
    }

    private static func ending(of word: [Character?], _ most: Int) -> String {
        text(word.reversed().prefix(most).prefix { $0 != nil }.reversed())
    }

    private static func text(_ characters: some Sequence<Character?>) -> String {
        String(characters.compactMap { $0 })
    }

    /// White space alone is masked as well.
    private func joined(_ words: [String]) -> String {
        words.isEmpty ? Self.stars : words.joined(separator: " ")
    }
}
