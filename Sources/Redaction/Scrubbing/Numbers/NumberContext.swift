// SPDX-License-Identifier: Apache-2.0

/// What the words before a number say about it.
struct NumberContext {
    enum Kind {
        /// `Tel.`, `call me on`
        case phone
        /// `SKU`, `pedido nº`
        case code
        /// `Visa`, `tarjeta`
        case card
        case none
    }

    let kind: Kind
    /// Nothing but fillers stands between the word and the number.
    let isClose: Bool

    /// Reads up to five words back, to the last line break, number or cut. A code's word must be close; a phone's may be
    /// further away: `call Ann on …`.
    init(before number: Int, _ text: borrowing FoldedText, _ words: borrowing Words) {
        var isClose = true
        var end = Int(words.all[number].start)
        for index in stride(from: number - 1, through: max(0, number - 5), by: -1) {
            let word = words.all[index]
            let gap = Int(word.end)..<end
            guard !word.isNumber, gap.count <= 4, gap.allSatisfy({ text[$0] > FoldedScalar.mark && text[$0] != UInt8(ascii: "\n") }) else {
                break
            }
            if word.roles.contains(.phone) {
                (kind, self.isClose) = (.phone, isClose)
                return
            }
            if isClose, word.roles.contains(.card) {
                (kind, self.isClose) = (.card, true)
                return
            }
            if isClose, word.roles.contains(.code) || Self.endsCodeWord(word, after: index > 0 ? words.all[index - 1] : nil, text) {
                (kind, self.isClose) = (.code, true)
                return
            }
            if !word.roles.contains(.filler) { isClose = false }
            end = Int(word.start)
        }
        let before = text[end - 1] == FoldedScalar.telephone || text[end - 1].isSpace && text[end - 2] == FoldedScalar.telephone
        (kind, self.isClose) = (before ? .phone : .none, before)
    }

    /// The end of `Teile-Nr.`, `P/N` or `S/N`.
    private static func endsCodeWord(_ word: Word, after previous: Word?, _ text: FoldedText) -> Bool {
        guard let previous, previous.end + 1 == word.start, word.roles.contains(.filler) else { return false }
        switch text[Int(previous.end)] {
        case UInt8(ascii: "-"): return previous.roles.isDisjoint(with: [.phone, .card])
        case UInt8(ascii: "/"): return word.count == 1 && previous.count == 1 && text[Int(word.start)].lowercased == UInt8(ascii: "n")
        default: return false
        }
    }
}
