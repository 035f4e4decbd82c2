// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import ShareLinks
import Testing

@testable import CartlinkServer

struct WireAnswerTests {
    private let noon = HTTPDate(Timestamp(seconds: 1_800_000_000))
    private let headers: HTTPFields = [.contentType: "text/plain", .contentLength: "5"]

    @Test func theWholeAnswerIsInOnePiece() {
        var wire = WireAnswer(status: .ok, headers: headers, body: ByteBuffer(string: "hello"), date: noon)
        let text = String(buffer: wire.sent(at: noon, headOnly: false))
        #expect(
            text == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nDate: Fri, 15 Jan 2027 08:00:00 GMT\r\n\r\nhello"
        )
        #expect(String(buffer: wire.body) == "hello" && wire.size == text.utf8.count)
    }

    @Test func onlyTheDateChangesAndNotInWhatWasSent() {
        var wire = WireAnswer(status: .ok, headers: headers, body: ByteBuffer(string: "hello"), date: noon)
        let first = wire.sent(at: noon, headOnly: false)
        let later = wire.sent(at: HTTPDate(Timestamp(seconds: 1_800_000_061)), headOnly: false)
        #expect(String(buffer: later) == String(buffer: first).replacing("08:00:00", with: "08:01:01"))
        #expect(String(buffer: first).contains("08:00:00"))
    }

    @Test func aHeadHasNoBodyButItsLength() {
        var wire = WireAnswer(status: .ok, headers: headers, body: ByteBuffer(string: "hello"), date: noon)
        let head = String(buffer: wire.sent(at: noon, headOnly: true))
        #expect(head.hasSuffix("GMT\r\n\r\n") && head.contains("Content-Length: 5"))
    }

    @Test func whatIsNotModifiedHasNoLength() {
        var wire = WireAnswer(status: .notModified, headers: [.eTag: "\"x\"", .contentLength: "0"], body: nil, date: noon)
        #expect(String(buffer: wire.sent(at: noon, headOnly: true)).hasPrefix("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nDate: "))
    }
}
