// SPDX-License-Identifier: Apache-2.0

/// How a text is drawn with stars, for front ends that expect VTEX's masked fields.
///
/// `docs/policies.md` gives the rules and what they repair of VTEX's own. Whatever the kind, at most half of a text is shown
/// and nothing of one with up to three letters, and masking twice is masking once. So a text that a platform has masked
/// already stays masked.
enum Mask: String, CaseIterable, Sendable {
    /// `***`, whatever the text.
    case hidden
    /// `***@***`, whatever the text.
    case email
    /// Documents, phone numbers, postal codes: `***` and the last two letters or digits.
    case tail
    /// People: each word's first letter.
    case name
    /// Cities and neighbourhoods: the first three letters.
    case place
    /// From twelve letters: the first three; and the last three, where two words or more are hidden.
    case street

    /// The masked text; both are valid UTF-8. The empty text stays as it is.
    ///
    /// At most 4 × n + 3 bytes for a text of n bytes, and never a character that JSON escapes.
    func apply(to text: [UInt8]) -> [UInt8] {
        guard !text.isEmpty else { return text }
        return Array(drawn(String(decoding: text, as: UTF8.self)).utf8)
    }

    private func drawn(_ text: String) -> String {
        switch self {
        case .hidden: MaskableText.stars
        case .email: "\(MaskableText.stars)@\(MaskableText.stars)"
        case .tail: MaskableText(text).showingTail(2)
        case .name: MaskableText(text).showingInitials()
        case .place: MaskableText(text).showingEnds(first: 3, last: 0)
        case .street: MaskableText(text, least: 12).showingEnds(first: 3, last: 3)
        }
    }
}
