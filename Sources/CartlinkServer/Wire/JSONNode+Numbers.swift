// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction

extension JSONNode {
    /// A whole number that 64 bits hold, however it is written.
    var integer: Int64? {
        plainNumber.flatMap { Int64($0) }
    }

    /// The number without exponent or needless zeros, as a person writes it.
    var plainNumber: String? {
        guard kind == .number else { return nil }
        return Decimal(string: String(decoding: bytes, as: UTF8.self)).map { "\($0)" }
    }
}
