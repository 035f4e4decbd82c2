// SPDX-License-Identifier: Apache-2.0

import Redaction

extension JSONNode {
    /// A text, or a number as it is written; not an empty text.
    var scalarText: String? {
        let text = kind == .number ? String(decoding: bytes, as: UTF8.self) : string
        return text?.isEmpty ?? true ? nil : text
    }

    /// A number, also one that is written as a text.
    var decimal: ExactDecimal? { scalarText.flatMap { ExactDecimal($0) } }

    /// Whether something stands in the object or the array.
    var hasContent: Bool {
        switch kind {
        case .object: !members.isEmpty
        case .array: !elements.isEmpty
        case .string, .number, .null, .true, .false: false
        }
    }
}
