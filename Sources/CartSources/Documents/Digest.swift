// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Digests of what platforms sent, for names and comparisons. The texts are written as a JSON array first, so that none can pose as two.
enum Digest {
    static func of(_ texts: [String]) -> [UInt8] {
        SHA256Digest.of(JSON.array(texts.map { .string($0) }).text)
    }

    /// The digest of a cart's lasting trait.
    static func trait(_ value: String) -> String {
        Hex.text(of: SHA256Digest.of(Array(value.utf8)).prefix(8))
    }
}
