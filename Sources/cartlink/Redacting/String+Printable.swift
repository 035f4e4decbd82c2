// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text with characters spelled out that a terminal would obey instead of showing: controls, line ends, and what turns the
    /// direction of writing. What a cart or a policy file holds must not forge a line of our output.
    var printable: String {
        guard unicodeScalars.contains(where: \.isObeyed) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            text += scalar.isObeyed ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isObeyed: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Joiners belong to emoji and to some scripts.
        case .format: value != 0x200C && value != 0x200D
        default: false
        }
    }
}
