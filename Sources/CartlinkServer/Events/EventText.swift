// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// What goes over the wire, in the form of the HTML standard's section 9.2, "Server-sent events".
///
/// Events say that something happened, never what: readers ask for the cart, which is projected for them.
enum EventText {
    static let mediaType = "text/event-stream"

    /// Comes first, so that the headers go out. Browsers reconnect after two seconds, and then say how far they were told.
    static func opening(_ glimpse: CartGlimpse) -> String { ":\nretry: 2000\nid: \(EventID(glimpse))\n\n" }

    /// A comment line, which keeps proxies from closing a silent connection.
    static let heartbeat = ":\n\n"

    static let gone = "event: gone\ndata: {}\n\n"

    /// What differs between how the cart stands and what the reader was `told`; empty where nothing does.
    static func news(_ glimpse: CartGlimpse, since told: EventID?) -> String {
        var events: [String] = []
        if told?.version != glimpse.version { events.append("event: changed\ndata: {\"version\":\(glimpse.version)}\n") }
        if let comments = told?.comments, comments != glimpse.comments {
            events.append("event: comment\ndata: {\"count\":\(glimpse.comments.count)}\n")
        }
        guard !events.isEmpty else { return "" }
        // The id goes with the last event: whoever breaks off before it hears of the others again.
        return events.joined(separator: "\n") + "id: \(EventID(glimpse))\n\n"
    }
}
