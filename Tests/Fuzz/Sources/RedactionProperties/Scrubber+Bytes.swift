// SPDX-License-Identifier: Apache-2.0

import Redaction

extension Scrubber {
    /// The text (UTF-8) as it is scrubbed. In bytes, as two strings count as equal that only look the same.
    func scrubbed(_ text: [UInt8]) -> [UInt8] {
        Array(scrub(shown(text)).utf8)
    }
}
