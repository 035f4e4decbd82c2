// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import NIOCore

/// An answer as it goes out (RFC 9112): status line, headers and body in one piece, in which only the date changes.
struct WireAnswer: Sendable {
    private var bytes: ByteBuffer
    private let headLength: Int
    private let datePlace: Int
    private var date: HTTPDate

    /// - Parameter headers: all but `Date`, which comes last.
    init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer?, date: HTTPDate) {
        bytes = ByteBuffer()
        bytes.reserveCapacity(768 + (body?.readableBytes ?? 0))
        bytes.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        for field in headers where field.name != .contentLength || status != .notModified {
            bytes.writeString("\(field.name.rawName): \(field.value)\r\n")
        }
        bytes.writeString("\(HTTPField.Name.date.rawName): ")
        datePlace = bytes.writerIndex
        bytes.writeString(date.text)
        bytes.writeString("\r\n\r\n")
        headLength = bytes.writerIndex
        if let body { bytes.writeImmutableBuffer(body) }
        self.date = date
    }

    /// What goes out at `date`; to a HEAD request only the head.
    mutating func sent(at date: HTTPDate, headOnly: Bool) -> ByteBuffer {
        if date != self.date {
            bytes.setString(date.text, at: datePlace)
            self.date = date
        }
        return headOnly ? bytes.getSlice(at: 0, length: headLength) ?? bytes : bytes
    }

    /// The body alone.
    var body: ByteBuffer { bytes.getSlice(at: headLength, length: size - headLength) ?? ByteBuffer() }

    var size: Int { bytes.writerIndex }

    /// What it takes of memory: a buffer's room is a power of two.
    var memory: Int { bytes.storageCapacity }
}

extension RenderedAnswer {
    /// The answer with all that the listener adds to one of the router's at this path.
    func wire(for path: String, date: HTTPDate) -> WireAnswer {
        let response = response
        var headers = response.headers
        if CrossOrigin.concerns(path) { CrossOrigin.vary(&headers) }
        SecurityHeaders.complete(&headers)
        return WireAnswer(status: response.status, headers: headers, body: body, date: date)
    }
}
