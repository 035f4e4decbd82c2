// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// A second as an HTTP date, always 29 bytes long (RFC 9110 section 5.6.7).
struct HTTPDate: Sendable, Equatable {
    let second: Int64
    let text: String

    init(_ time: Timestamp) {
        second = time.seconds
        text = time.httpDate
    }

    static func == (one: HTTPDate, other: HTTPDate) -> Bool { one.second == other.second }
}
