// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import CartlinkServer

/// What the connection's guard does with an answer that is a stream of events.
struct EventConnectionTests {
    private static let request = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n"

    /// A connection on which a stream has begun.
    private func streaming(on connection: GuardedConnection) throws -> GuardedConnection {
        connection.receive(Self.request)
        try begin(connection)
        return connection
    }

    private func begin(_ connection: GuardedConnection, type: String = "text/event-stream") throws {
        let head = HTTPResponse(status: .ok, headerFields: [.contentType: type])
        // The connection may be closed with it.
        _ = try? connection.channel.writeOutbound(HTTPResponsePart.head(head))
        connection.channel.embeddedEventLoop.run()
    }

    private func leave(_ connection: GuardedConnection) {
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        connection.channel.embeddedEventLoop.run()
    }

    @Test func aStreamHasNoDeadline() throws {
        let connection = try streaming(on: GuardedConnection())
        connection.channel.embeddedEventLoop.advanceTime(by: .hours(10))
        #expect(connection.channel.isActive)
    }

    @Test func anyOtherLongAnswerHasOne() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.request)
        try begin(connection, type: "application/json")
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(!connection.channel.isActive)
    }

    @Test func aStreamIsItsConnectionsLastAnswer() throws {
        let connection = try streaming(on: GuardedConnection())
        #expect(try connection.sent().lowercased().contains("connection: close\r\n"))
        try connection.channel.writeOutbound(HTTPResponsePart.end(nil))
        connection.channel.embeddedEventLoop.run()
        #expect(!connection.channel.isActive)
    }

    @Test func aReaderWhoLeavesEndsTheConnection() throws {
        let connection = try streaming(on: GuardedConnection())
        leave(connection)
        #expect(!connection.channel.isActive)
    }

    @Test func aReaderWhoLeftBeforeTheStreamBeganEndsTheConnection() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.request)
        leave(connection)
        #expect(connection.channel.isActive, "an ordinary answer still goes to someone who says nothing more")
        try begin(connection)
        #expect(!connection.channel.isActive)
    }

    @Test func aRequestBehindAStreamEndsTheConnection() throws {
        let connection = try streaming(on: GuardedConnection())
        #expect(try connection.requests() == ["/events"])
        connection.receive(Self.request)
        #expect(try connection.requests() == [])
        #expect(!connection.channel.isActive)
    }

    @Test func aRequestThatWaitedAlreadyDoesNotEndTheStream() throws {
        let connection = try GuardedConnection()
        connection.receive(Self.request + Self.request)
        try begin(connection)
        connection.channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(connection.channel.isActive)
    }
}
