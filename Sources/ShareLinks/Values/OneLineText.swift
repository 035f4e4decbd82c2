// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Whether the text stands on one line and shows as it is: no control characters, no line separators, nothing that turns the
    /// direction of the text around it.
    package var isOneLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: false
            default: true
            }
        }
    }
}
