// SPDX-License-Identifier: Apache-2.0

/// How much a list of carts may still hold: Glue's own has no pages, so ours needs an end.
struct GlueListSpace {
    /// Rows that are read at once; ordered carts are among them and aren't shown.
    static let page = 200

    private var carts = 200
    /// Of the stored documents; the cart that exceeds it is still shown.
    private var bytes = 8 * 1024 * 1024
    private var pages = 10

    var isLeft: Bool { carts > 0 && bytes > 0 && pages > 0 }

    mutating func takeCart(of size: Int) {
        carts -= 1
        bytes -= size
    }

    mutating func takePage() {
        pages -= 1
    }
}
