// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// What a cart says about its owner: shown to nobody else, and to him only while he is logged in.
struct OwnData {
    enum Section: CaseIterable {
        case contact, delivery, billing, coupons, note
    }

    var sections: [(section: Section, text: String)] = []

    /// Reads the owner's projection; a section that holds nothing isn't shown.
    init(projection: [UInt8], format: CartFormat) {
        let cart = JSONNode(projection)
        for (section, path) in Self.places(in: format) {
            let node = path.reduce(cart) { node, name in node?[name] }
            let texts = node.map { Self.texts(in: $0, depth: 4) } ?? []
            guard !texts.isEmpty else { continue }
            sections.append((section, texts.prefix(Self.mostTexts).joined(separator: " · ")))
        }
    }

    private static let mostTexts = 20

    private static func places(in format: CartFormat) -> [(Section, [String])] {
        switch format {
        case .cartlink:
            [
                (.contact, ["customer"]), (.delivery, ["shippingAddress"]), (.billing, ["billingAddress"]), (.coupons, ["coupons"]),
                (.note, ["note"]),
            ]
        case .vtexOrderForm:
            [
                (.contact, ["clientProfileData"]), (.delivery, ["shippingData", "address"]), (.billing, ["invoiceData"]),
                (.coupons, ["marketingData", "coupon"]), (.note, ["openTextField", "value"]),
            ]
        // Glue's cart names nobody.
        case .sprykerCart: []
        }
    }

    /// The texts inside a value, in the document's order; flags, numbers and what lies deeper aren't for reading.
    private static func texts(in node: JSONNode, depth: Int) -> [String] {
        if let text = node.string { return text.isEmpty ? [] : [String(text.prefix(200))] }
        guard depth > 0 else { return [] }
        return (node.members.map(\.value) + node.elements).flatMap { texts(in: $0, depth: depth - 1) }
    }
}
