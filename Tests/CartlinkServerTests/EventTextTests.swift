// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer
@testable import ShareLinks

/// The text of events, and how far a reader was told.
struct EventTextTests {
    private static func glimpse(version: Int64 = 7, count: Int = 2, last: Int64 = 40) -> CartGlimpse {
        CartGlimpse(incarnation: Incarnation(3), version: CartVersion(version), comments: CommentMark(count: count, last: last))
    }

    static let known: [(id: String, news: String)] = [
        ("7-2-40", ""),
        ("7", ""),
        ("6-2-40", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("6", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("7-3-40", "event: comment\ndata: {\"count\":2}\nid: 7-2-40\n\n"),
        ("7-2-39", "event: comment\ndata: {\"count\":2}\nid: 7-2-40\n\n"),
        ("6-1-39", "event: changed\ndata: {\"version\":7}\n\nevent: comment\ndata: {\"count\":2}\nid: 7-2-40\n\n"),
        ("", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("nonsense", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("7-2", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("7-2-40-1", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("7-2-x", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
        ("7-2-99999999999999999999", "event: changed\ndata: {\"version\":7}\nid: 7-2-40\n\n"),
    ]

    @Test(arguments: known)
    func aReaderHearsWhatDiffersFromWhatHeWasTold(id: String, news: String) {
        #expect(EventText.news(Self.glimpse(), since: EventID(id)) == news)
    }

    @Test func anIDIsReadAsItIsWritten() {
        #expect(EventID("\(EventID(Self.glimpse()))") == EventID(Self.glimpse()))
    }

    @Test func theOpeningTellsWhereTheReaderStandsWithoutAnEvent() {
        #expect(EventText.opening(Self.glimpse()) == ":\nretry: 2000\nid: 7-2-40\n\n")
    }
}
