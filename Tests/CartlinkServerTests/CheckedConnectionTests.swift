// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import ShareLinks
import Testing

@testable import CartlinkServer

/// Connections of the hot path where other nodes change the store: held answers wait for a check, and all else keeps its order.
struct CheckedConnectionTests {
    private let check = HeldCheck()
    private let held: HotConnection.Held

    init() async throws {
        held = try await HotConnection.Held(check: check, badTokensPerMinute: 0)
    }

    /// Well-formed, and made by no key.
    private var forged: String { String(held.path.dropLast()) + (held.path.hasSuffix("0") ? "1" : "0") }

    @Test func nothingHeldGoesOutBeforeACheckThatBeganAfterTheRequest() throws {
        let connections = try HotConnection.several(2, held)
        let (early, late) = (connections[0], connections[1])
        early.receive(early.get())
        #expect(try early.sent() == "" && check.calls == 1)
        // This check began before the late request.
        late.receive(late.get())
        #expect(check.calls == 1)
        late.end(check)
        #expect(try early.answers() == 1)
        #expect(try late.sent() == "" && check.calls == 2)
        late.end(check)
        #expect(try late.answers() == 1)
        #expect(try early.sent() == "" && early.router.heard + late.router.heard == [])
    }

    @Test func oneCheckServesAllConnectionsOfALoop() throws {
        let connections = try HotConnection.several(50, held)
        for connection in connections { connection.arrive(connection.get()) }
        connections[0].channel.embeddedEventLoop.run()
        #expect(check.calls == 1)
        connections[0].end(check)
        for connection in connections { #expect(try connection.answers() == 1) }
        #expect(check.calls == 1)
        // And what comes while one is being made waits for one behind it.
        for connection in connections { connection.receive(connection.get()) }
        #expect(check.calls == 2)
        connections[0].end(check)
        #expect(check.calls == 3)
        connections[0].end(check)
        for connection in connections { #expect(try connection.answers() == 1) }
        #expect(check.calls == 3)
    }

    @Test func pipelinedRequestsShareACheckAndKeepTheirOrder() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get() + connection.get() + connection.get("/a") + connection.get() + connection.get("/b"))
        #expect(try connection.sent() == "" && connection.router.heard == [] && check.calls == 1)
        connection.end(check)
        #expect(try connection.answers() == 2)
        // Behind a request of the router all are the router's, as on any node.
        #expect(connection.router.heard == ["/a", connection.path, "/b"])
        for _ in 0..<3 { try connection.answer() }
        #expect(try connection.answers() == 3)
        connection.receive(connection.get())
        connection.end(check)
        #expect(try connection.answers() == 1 && check.calls == 2)
    }

    @Test func aRequestThatCameLaterWaitsForTheNextCheckWithAllBehindIt() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get())
        connection.receive(connection.get() + connection.get("/a"))
        connection.end(check)
        #expect(try connection.answers() == 1)
        #expect(connection.router.heard == [])
        connection.end(check)
        #expect(try connection.answers() == 1)
        #expect(connection.router.heard == ["/a"])
    }

    @Test func aBodyBehindAWaitingRequestArrivesWhole() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get() + "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
        connection.end(check)
        connection.receive("67890")
        try connection.answer()
        connection.receive(connection.get())
        connection.end(check)
        #expect(try connection.answers() == 3)
    }

    @Test func withoutACheckTheRouterAnswers() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get())
        connection.end(check, HeldCheck.failure)
        #expect(try connection.sent() == "")
        #expect(connection.router.heard == [connection.path])
        // The next check may be made again.
        try connection.answer()
        connection.receive(connection.get())
        connection.end(check)
        #expect(try connection.answers() == 2)
    }

    @Test func aChangeThatTheCheckTellsOfIsSeenByWhoWaited() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get())
        held.changes.publish([.cart(CartID("cart-1")!)])
        connection.end(check)
        #expect(try connection.sent() == "")
        #expect(connection.router.heard == [connection.path])
    }

    @Test func whatIsNotHeldWaitsForNoCheck() throws {
        let connection = try HotConnection(held)
        held.changes.publish([.everything])
        connection.receive(connection.get())
        #expect(connection.router.heard == [connection.path] && check.calls == 0)
    }

    @Test func whoGuessesIsRefusedInHisTurnWithoutACheck() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get(forged))
        #expect(try connection.sent().hasPrefix("HTTP/1.1 429 "))
        #expect(check.calls == 0)
        connection.receive(connection.get() + connection.get(forged))
        #expect(try connection.sent() == "")
        connection.end(check)
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 200 ") && sent.contains("HTTP/1.1 429 "))
        #expect(connection.router.heard == [])
    }

    @Test func whatIsNoRequestIsRefusedBehindTheAnswersThatAreDue() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get() + "nonsense\r\n\r\n")
        #expect(try connection.sent() == "" && connection.isOpen)
        connection.end(check)
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 200 ") && sent.contains("HTTP/1.1 400 "))
    }

    @Test func whoLeavesWhileHeWaitsGetsNothingAndIsNotCounted() throws {
        let connections = try HotConnection.several(2, held)
        let look = "HEAD \(held.pagePath) HTTP/1.1\r\nHost: a\r\n\r\n"
        for connection in connections { connection.receive(look + connection.get("/a")) }
        connections[0].channel.close(promise: nil)
        connections[0].channel.embeddedEventLoop.run()
        for _ in 0..<2 { connections[1].end(check) }
        #expect(try connections[0].sent() == "" && connections[0].router.heard == [])
        #expect(try connections[1].answers() == 1)
        #expect(held.door.opens.portion(of: 9).values.map(\.robots) == [1])
    }

    @Test func whoSaysNoMoreGetsWhatIsDueBeforeTheRouterHearsOfIt() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get())
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(connection.router.heard == [])
        connection.end(check)
        #expect(try connection.answers() == 1)
        #expect(connection.router.heard == ["input closed"])
    }

    /// A connection that is at rest when the server stops has two seconds; one whose request waits is none of those.
    @Test func aServerThatStopsAnswersWhatWaits() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get())
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        connection.pass(seconds: 3)
        #expect(connection.isOpen)
        connection.end(check)
        #expect(try connection.answers() == 1)
        connection.pass(seconds: 3)
        #expect(!connection.isOpen)
    }

    @Test func noMoreIsReadWhileMoreThanARequestWaits() throws {
        let connection = try HotConnection(held)
        connection.receive(connection.get())
        var reads = connection.peer.reads
        connection.channel.read()
        #expect(connection.peer.reads == reads + 1, "one request doesn't stop the reading")
        connection.receive(connection.get())
        reads = connection.peer.reads
        for _ in 0..<3 { connection.channel.read() }
        #expect(connection.peer.reads == reads)
        connection.end(check)
        connection.end(check)
        #expect(try connection.answers() == 2)
        #expect(connection.peer.reads == reads + 1)
    }

    @Test func whoTakesNothingIsNotReadFrom() throws {
        let connection = try HotConnection(held)
        connection.peer.takes = false
        connection.receive(String(repeating: connection.get(), count: 1000))
        connection.end(check)
        let reads = connection.peer.reads
        for _ in 0..<5 { connection.channel.read() }
        #expect(connection.peer.reads == reads)
        connection.pass(seconds: 40)
        #expect(!connection.isOpen)
    }

    @Test func whoWaitsIsNotIdleAndAHeadBehindIsNotLate() throws {
        for rest in ["", "GET / HTTP/1.1\r\nX: "] {
            let connection = try HotConnection(held)
            connection.receive(connection.get() + rest)
            connection.pass(seconds: 120)
            #expect(connection.isOpen)
            connection.end(check)
            #expect(try connection.answers() == 1)
            connection.pass(seconds: rest.isEmpty ? 37 : 11)
            #expect(!connection.isOpen)
        }
    }
}
