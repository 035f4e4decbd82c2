// SPDX-License-Identifier: Apache-2.0

/// What happens to a scalar on its way to one viewer.
enum Action: Hashable {
    case drop, show
    /// Personal data is cut out of the text; a number or a key that holds some is dropped.
    case scrub
    /// Shown if it is an `https:` URL on a known host without query, fragment and user info.
    case link
    /// Shown unless the link hides prices.
    case price
    /// Drawn with stars; a number, `true` or `false` is dropped.
    case mask(Mask)
}

extension Action: PolicyWord {
    static let words: [(word: String, meaning: Action)] =
        [("show", .show), ("drop", .drop), ("scrub", .scrub), ("link", .link), ("show:price", .price)]
        + Mask.allCases.map { ("mask:\($0.rawValue)", .mask($0)) }

    var word: String { Self.words.first { $0.meaning == self }!.word }  // every action is listed
}

extension Action {
    var isMask: Bool {
        if case .mask = self { true } else { false }
    }

    /// Whether a guest gets nothing of what must not be shown to guests. Stars hide personal data, but an id or a text that
    /// nobody can vouch for has no form that a mask could keep.
    func mayHideFromGuests(_ dataClass: DataClass) -> Bool {
        switch self {
        case .drop: true
        case .mask: dataClass == .personal
        case .show, .scrub, .link, .price: false
        }
    }
}
