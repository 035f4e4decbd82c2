// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Measures a request's first line, so that an address that is too long isn't taken for a header that is.
final class RequestLine {
    /// Bytes of the line so far, without its end.
    private(set) var length = 0
    private var isComplete = false

    func read(_ bytes: ByteBufferView) {
        guard !isComplete else { return }
        let end = bytes.firstIndex(of: 0x0A)
        length += bytes.distance(from: bytes.startIndex, to: end ?? bytes.endIndex)
        isComplete = end != nil
    }

    /// The next bytes start another request.
    func reset() {
        length = 0
        isComplete = false
    }
}
