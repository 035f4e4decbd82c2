// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One connection of the load: at most one request is on its way on it.
struct Connection {
    enum State { case closed, connecting, idle, awaitingHead, readingBody }

    static let bufferSize = 16 * 1024

    var state = State.closed
    var socket: Int32 = -1
    /// When the request on its way was due and when it was sent, in nanoseconds.
    var due: Int64 = 0
    var sent: Int64 = 0
    /// Whether it stands in the line of free connections; it may have been lost since it was put there.
    var isQueued = false
    private(set) var head = AnswerHead(status: 0)
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 16)
    private var filled = 0
    private var bodyLeft = 0

    enum Progress { case waiting, answered, lost, malformed }

    /// Sends a request whole; false where the socket doesn't take it.
    mutating func send(_ request: UnsafeRawBufferPointer, due: Int64, now: Int64) -> Bool {
        (self.due, sent, filled, bodyLeft) = (due, now, 0, 0)
        state = .awaitingHead
        return Glibc.send(socket, request.baseAddress, request.count, Int32(MSG_NOSIGNAL)) == request.count
    }

    /// Reads what has come.
    mutating func receive() -> Progress {
        let start = state == .awaitingHead ? filled : 0
        let count = recv(socket, buffer.baseAddress! + start, buffer.count - start, 0)  // allocated with bytes, so it has an address
        if count < 0 && (errno == EAGAIN || errno == EINTR) { return .waiting }
        guard count > 0 else { return .lost }
        switch state {
        case .awaitingHead: return readHead(filled + count)
        case .readingBody: return readBody(count)
        case .closed, .connecting, .idle: return .malformed
        }
    }

    private mutating func readHead(_ count: Int) -> Progress {
        filled = count
        switch AnswerHead.read(UnsafeRawBufferPointer(rebasing: buffer[..<filled])) {
        case .unfinished: return filled < buffer.count ? .waiting : .malformed
        case .malformed: return .malformed
        case .head(let head):
            self.head = head
            bodyLeft = head.bodyLength
            state = .readingBody
            return readBody(filled - head.length)
        }
    }

    private mutating func readBody(_ count: Int) -> Progress {
        bodyLeft -= count
        if bodyLeft > 0 { return .waiting }
        return bodyLeft == 0 ? .answered : .malformed
    }
}
