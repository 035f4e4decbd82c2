// SPDX-License-Identifier: Apache-2.0

/// A line of a platform's cart, as far as edits and versions need it.
struct SourceLine: Sendable, Equatable {
    /// Ours or the platform's: by which people name the line.
    let id: String
    var sku = ""
    var seller = ""
    /// As written, without needless zeros: amounts by weight aren't whole.
    var quantity = ""
    var unitPrice = ""
    var total = ""
    /// Whether nothing was chosen for it, so that more of the article can join it.
    var isBare = true
    /// Whether the platform adds and removes it together with others, as a gift.
    var followsOthers = false

    init(id: String) {
        self.id = id
    }

    /// Nil for amounts by weight, and for more than any shop sells.
    var pieces: Int64? {
        Int64(quantity).flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
    }
}
