// SPDX-License-Identifier: Apache-2.0

/// What kind of data a path holds.
enum DataClass: String, CaseIterable {
    /// Anyone who holds the link may see it.
    case `public`
    /// It tells who the owner is, or something about them.
    case personal
    /// It pays or is worth money: cards, gift cards, coupon codes.
    case payment
    /// An id that opens something or ties people together.
    case identifier
    /// Nobody can say what is in it: free text, custom data.
    case opaque
}

extension DataClass: PolicyWord {
    static let words = allCases.map { (word: $0.rawValue, meaning: $0) }
}
