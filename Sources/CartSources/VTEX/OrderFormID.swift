// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// A cart's id at VTEX: 32 hexadecimal digits, with or without the dashes of a UUID, in either case.
struct OrderFormID: Sendable, Equatable {
    /// As it was given: what VTEX makes of another spelling isn't documented.
    let text: String
    /// One spelling for each id.
    let digits: String

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard [[32], [8, 4, 4, 4, 12]].contains(parts.map(\.utf8.count)) else { return nil }
        let digits = parts.joined().lowercased()
        guard Hex.bytes(of: digits) != nil else { return nil }
        self.text = text
        self.digits = digits
    }

    static func == (one: Self, other: Self) -> Bool { one.digits == other.digits }

    /// Every text by which VTEX may know the cart.
    var spellings: [String] {
        var dashed = digits
        for place in [20, 16, 12, 8] {
            dashed.insert("-", at: dashed.index(dashed.startIndex, offsetBy: place))
        }
        return [digits, dashed]
    }
}
