// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// The shop's name for an article as a person sends it: 1 to 128 characters on one line.
///
/// Whether the shop sells it is for the shop to say, when it prices the cart anew.
struct SKU: Hashable, Sendable {
    let text: String

    init?(_ text: String) {
        // A character may be made of any number of bytes.
        guard (1...128).contains(text.count), text.utf8.count <= 512, text.isOneLine else { return nil }
        self.text = text
    }
}
