// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// The seconds from this moment for which `Retry-After` asks to wait (RFC 9110 section 10.2.3): a number, or an HTTP date.
    package func seconds(retryAfter text: String) -> Int64? {
        if let seconds = Int64(text) { return seconds < 0 ? nil : seconds }
        return Timestamp(httpDate: text).map { max(0, $0.seconds - seconds) }
    }
}
