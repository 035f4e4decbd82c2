// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import Testing

@testable import CartlinkServer

/// How long connections of the hot path are borne with.
struct HotConnectionTests {
    @Test func answersFromMemoryNeedNoRouter() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.receive(connection.get() + connection.get())
        #expect(try connection.answers() == 2)
        #expect(connection.router.heard.isEmpty)
    }

    @Test func aConnectionThatIsUsedLivesOn() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        for _ in 0..<20 {
            connection.pass(seconds: 29)
            #expect(connection.isOpen)
            connection.receive(connection.get())
            #expect(try connection.answers() == 1)
        }
    }

    @Test func anIdleConnectionIsClosedAfterHalfAMinute() async throws {
        let held = try await HotConnection.Held()
        for isUsed in [false, true] {
            let connection = try HotConnection(held)
            if isUsed { connection.receive(connection.get()) }
            connection.pass(seconds: 29)
            #expect(connection.isOpen)
            connection.pass(seconds: 8)
            #expect(!connection.isOpen)
        }
    }

    /// What comes in front of a head that never ends.
    static let fronts = ["nothing", "an answer", "many answers", "an answer of the router", "both"]

    @Test(arguments: fronts)
    func aHeadTakesTenSecondsHoweverItDrips(front: String) async throws {
        let connection = try HotConnection(await HotConnection.Held())
        let half = "GET / HTTP/1.1\r\nX: "
        switch front {
        case "an answer": connection.receive(connection.get() + half)
        case "many answers": connection.receive(String(repeating: connection.get(), count: 100) + half)
        case "an answer of the router":
            connection.receive(connection.get("/") + half)
            try connection.answer()
        case "both":
            connection.receive(connection.get("/"))
            try connection.answer()
            connection.receive(connection.get() + half)
        default: connection.receive(half)
        }
        for _ in 0..<9 {
            connection.pass(seconds: 1)
            #expect(connection.isOpen)
            connection.receive("a")
        }
        connection.pass(seconds: 2)
        #expect(!connection.isOpen)
    }

    @Test func aHeadThatEndsInTimeIsAnsweredAndTheNextHasItsOwnTime() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        let request = connection.get()
        for _ in 0..<5 {
            connection.receive(String(request.prefix(20)))
            connection.pass(seconds: 9)
            #expect(connection.isOpen)
            connection.receive(String(request.dropFirst(20)))
            #expect(try connection.answers() == 1)
        }
    }

    @Test func aHeadThatWaitsBehindAnAnswerOfTheRouterIsNotCutOff() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.receive(connection.get("/") + "GET")
        connection.pass(seconds: 25)
        #expect(connection.isOpen)
        try connection.answer()
        #expect(try connection.answers() == 1)
        connection.pass(seconds: 11)
        #expect(!connection.isOpen)
    }

    @Test func aHeadIsNotLateWhileWeDontReadIt() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.peer.takes = false
        let request = connection.get()
        // Enough that it is noticed: 30 answers of about a kilobyte.
        connection.receive(String(repeating: request, count: 30) + request.prefix(20))
        connection.pass(seconds: 15)
        #expect(connection.isOpen)
        try connection.takeAll()
        connection.receive(String(request.dropFirst(20)))
        #expect(try connection.answers() == 31)
    }

    @Test func whoTakesNothingIsNotReadFromAndClosed() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.peer.takes = false
        connection.receive(String(repeating: connection.get(), count: 1000))
        let reads = connection.peer.reads
        for _ in 0..<5 { connection.channel.read() }
        #expect(connection.peer.reads == reads)
        connection.pass(seconds: 29)
        #expect(connection.isOpen)
        connection.pass(seconds: 11)
        #expect(!connection.isOpen)
    }

    @Test func whoTakesWhatWasSentIsReadFromAgain() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.peer.takes = false
        connection.receive(connection.get())
        let reads = connection.peer.reads
        connection.channel.read()
        #expect(try connection.answers() == 0)
        try connection.takeAll()
        #expect(try connection.answers() == 1)
        #expect(connection.peer.reads == reads + 1)
        connection.receive(connection.get())
        #expect(try connection.answers() == 1)
    }

    /// A peer that has ended its side still gets what it asked for, though others ask for the connection's end.
    @Test func anEndWaitsForWhatIsUnsent() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.peer.takes = false
        connection.receive(connection.get())
        connection.receive(connection.get())
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        connection.channel.close(mode: .output, promise: nil)
        connection.channel.close(promise: nil)
        #expect(connection.isOpen)
        try connection.takeAll()
        #expect(try connection.answers() == 2)
        #expect(!connection.isOpen)
    }

    @Test func aServerThatStopsLeavesTheAnswerToTheRouterWhichSaysThatItIsTheLast() async throws {
        let connection = try HotConnection(try await HotConnection.Held())
        connection.receive(connection.get())
        #expect(try connection.answers() == 1)
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        connection.receive(connection.get())
        #expect(try connection.answers() == 0)
        try connection.answer()
        #expect(try connection.answers() == 1)
        #expect(!connection.isOpen)
    }

    @Test func anEndDoesNotWaitForEver() async throws {
        let connection = try HotConnection(await HotConnection.Held())
        connection.peer.takes = false
        connection.receive(connection.get())
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        connection.channel.close(promise: nil)
        connection.pass(seconds: 31)
        #expect(!connection.isOpen)
    }
}
