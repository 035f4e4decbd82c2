// SPDX-License-Identifier: Apache-2.0

/// Where a backend's cart holds what the `cartlink` format knows. What isn't named here doesn't get in.
package struct CartMapping: Sendable, Equatable {
    /// By their names in the format.
    package enum Field: String, Sendable, CaseIterable {
        case currency, locale, name
        case itemsTotal = "totals.items"
        case discount = "totals.discount"
        case shipping = "totals.shipping"
        case tax = "totals.tax"
        case grandTotal = "totals.grand"
        case customer, shippingAddress, billingAddress, note, coupons
    }

    package enum LineField: String, Sendable, CaseIterable {
        case id, sku, name, quantity, unitPrice, total, image, url
    }

    package let fields: [Field: MemberPath]
    /// Where the array of lines is, in the cart.
    package let lines: MemberPath
    package let lineFields: [LineField: MemberPath]

    package init(fields: [Field: MemberPath], lines: MemberPath, lineFields: [LineField: MemberPath]) {
        self.fields = fields
        self.lines = lines
        self.lineFields = lineFields
    }
}
