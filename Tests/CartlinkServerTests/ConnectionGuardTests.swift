// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import CartlinkServer

struct ConnectionGuardTests {
    private static func get(_ path: String, _ more: String = "") -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\(more)\r\n" }

    private static let long = String(repeating: "x", count: 8 * 1024)

    /// What no router ever sees, with the status and code of the answer.
    static let refused: [(name: String, bytes: String, status: Int, code: String)] = [
        ("nonsense", "nonsense\r\n\r\n", 400, "malformed-request"),
        ("an unknown version", "GET / HTTP/3.7\r\n\r\n", 400, "malformed-request"),
        ("no host", "GET / HTTP/1.1\r\n\r\n", 400, "malformed-request"),
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed-request"),
        ("a broken header", "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400, "malformed-request"),
        ("a folded header", "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\n 2\r\n\r\n", 400, "malformed-request"),
        ("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, "malformed-request"),
        ("a long address", get("/" + long), 414, "uri-too-long"),
        ("a very long address", get("/" + long + long + long), 414, "uri-too-long"),
        ("a long header", get("/", "A: \(long)\r\n"), 431, "headers-too-large"),
        ("a very long header", get("/", "A: \(long)\(long)\(long)\r\n"), 431, "headers-too-large"),
        (
            "long headers", get("/", (0..<20).map { "A\($0): \(String(repeating: "x", count: 1000))\r\n" }.joined()), 431,
            "headers-too-large"
        ),
        ("many headers", get("/", (0..<101).map { "A\($0): x\r\n" }.joined()), 431, "headers-too-large"),
    ]

    @Test(arguments: refused)
    func whatIsNoRequestIsRefused(name: String, bytes: String, status: Int, code: String) throws {
        let connection = try GuardedConnection()
        connection.receive(bytes)
        #expect(try connection.requests() == [])
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 \(status) "))
        let head = sent.lowercased()
        for line in [
            "content-type: application/problem+json", "connection: close", "cache-control: no-store", "referrer-policy: no-referrer",
            "x-robots-tag: noindex, nofollow, noarchive", "x-content-type-options: nosniff", "cross-origin-resource-policy: same-site",
        ] {
            #expect(head.contains(line + "\r\n"), "\(line)")
        }
        #expect(sent.contains("\"code\":\"\(code)\""))
        #expect(!connection.channel.isActive)
    }

    @Test func requestsWithinTheLimitsPass() throws {
        let connection = try GuardedConnection()
        let path = "/" + String(repeating: "x", count: 8 * 1024 - 1)
        connection.receive(Self.get(path))
        try connection.answer()
        connection.receive(Self.get("/b", "A: \(String(repeating: "x", count: 8 * 1024 - 1))\r\n"))
        try connection.answer()
        #expect(try connection.requests() == [path, "/b"])
        #expect(connection.channel.isActive)
    }

    @Test func aRefusalWaitsForEarlierAnswers() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a") + Self.get("/b") + "nonsense\r\n\r\n")
        #expect(try connection.requests() == ["/a", "/b"])
        #expect(try connection.sent() == "")
        try connection.answer(.created)
        #expect(try connection.sent().hasPrefix("HTTP/1.1 201 "))
        #expect(connection.channel.isActive)
        try connection.answer(.accepted)
        let last = try connection.sent()
        #expect(last.hasPrefix("HTTP/1.1 202 "))
        #expect(last.contains("HTTP/1.1 400 "))
        #expect(!connection.channel.isActive)
    }

    @Test func nothingBehindARefusalIsServed() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a") + Self.get("/" + Self.long))
        connection.receive(Self.get("/smuggled"))
        #expect(try connection.requests() == ["/a"])
        try connection.answer()
        let sent = try connection.sent()
        #expect(sent.contains("HTTP/1.1 414 "))
        #expect(sent.components(separatedBy: "HTTP/1.1 ").count == 3)
    }

    @Test func aRequestThatDripsIsEndedAfterThirtySeconds() throws {
        let connection = try GuardedConnection()
        connection.receive("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        for _ in 0..<29 {
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            connection.receive("x")
        }
        #expect(connection.channel.isActive)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!connection.channel.isActive)
    }

    @Test func anAnswerStopsTheClock() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a"))
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(20))
        try connection.answer()
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(20))
        #expect(connection.channel.isActive)
        connection.receive(Self.get("/b"))
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(connection.channel.isActive)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!connection.channel.isActive)
    }

    @Test func aConnectionAtRestIsServedOnceMoreWhileTheServerStops() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a"))
        try connection.answer()
        #expect(try !connection.sent().lowercased().contains("connection: close"))
        connection.drain()
        connection.pass(milliseconds: 1900)
        connection.receive(Self.get("/b"))
        connection.pass(milliseconds: 5000)
        #expect(try connection.requests() == ["/a", "/b"])
        try connection.answer(.created)
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 201 ") && sent.lowercased().contains("connection: close"))
        #expect(!connection.channel.isActive)
    }

    @Test func aConnectionThatStaysAtRestIsClosedTwoSecondsAfterTheServerBeganToStop() throws {
        let connection = try GuardedConnection()
        connection.drain()
        connection.pass(milliseconds: 1900)
        #expect(connection.channel.isActive)
        connection.pass(milliseconds: 100)
        #expect(!connection.channel.isActive)
    }

    @Test func whatIsUnderWayWhenTheServerStopsIsAnsweredAsTheLast() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a") + Self.get("/b"))
        connection.drain()
        connection.pass(milliseconds: 5000)
        try connection.answer()
        #expect(try !connection.sent().lowercased().contains("connection: close"))
        try connection.answer(.created)
        #expect(try connection.sent().lowercased().contains("connection: close"))
        #expect(!connection.channel.isActive)
    }

    @Test func anAnswerThatHadBegunWhenTheServerStoppedLeavesTheConnectionForAWhile() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a"))
        try connection.channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: [.contentLength: "0"])))
        connection.drain()
        try connection.channel.writeOutbound(HTTPResponsePart.end(nil))
        connection.pass(milliseconds: 1900)
        #expect(connection.channel.isActive)
        connection.pass(milliseconds: 100)
        #expect(!connection.channel.isActive)
    }

    @Test func aRequestThatBreaksOffGetsOneAnswer() throws {
        let connection = try GuardedConnection()
        connection.receive("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try connection.channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        connection.receive("no chunk\r\n")
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 200 "))
        #expect(!sent.contains("HTTP/1.1 400 "))
        #expect(!connection.channel.isActive)
    }

    @Test func anAnswerThatClosesEndsTheConnection() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.get("/a") + Self.get("/b"))
        try connection.channel.writeOutbound(
            HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge, headerFields: [.connection: "close"]))
        )
        try connection.channel.writeOutbound(HTTPResponsePart.end(nil))
        connection.channel.embeddedEventLoop.run()
        #expect(try connection.sent().hasPrefix("HTTP/1.1 413 "))
        #expect(!connection.channel.isActive)
    }
}
