// SPDX-License-Identifier: Apache-2.0

import Redaction

extension JSON {
    /// Glue writes what it doesn't know as null, where our own API mostly leaves it out.
    static let null = JSON.bytes(Array("null".utf8))
}
