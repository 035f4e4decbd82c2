// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import ShareLinks

/// One reader who watches one cart: asks on each wake whether he still may, and what is new.
struct CartWatch: Sendable {
    let cart: CartID
    let reader: Caller
    let glimpses: GlimpseQueue
    let place: EventPlace
    let channel: any Channel

    /// Writes the whole body of the answer; answers why it ended.
    ///
    /// - Parameter missed: events from before this connection.
    func write(from start: CartGlimpse, missed: String, to writer: inout any ResponseBodyWriter) async throws -> EventStreamEnd {
        try await writer.write(ByteBuffer(string: EventText.opening(start) + missed))
        let end = try await tellNews(since: start, to: &writer)
        // To a reader who takes nothing no end can be written, nor may he hold the connection.
        guard channel.isWritable else {
            channel.close(promise: nil)
            return end
        }
        if end == .cartGone { try await writer.write(ByteBuffer(string: EventText.gone)) }
        try await writer.finish(nil)
        return end
    }

    private func tellNews(since start: CartGlimpse, to writer: inout any ResponseBodyWriter) async throws -> EventStreamEnd {
        var told = EventID(start)
        var beat = place.firstBeat
        for await wake in place.wakes {
            let newBeat: Int
            let glimpse: CartGlimpse
            switch wake {
            case .end(let reason): return reason
            case .look(let beat): newBeat = beat
            }
            do throws(ShareError) {
                glimpse = try await glimpses.glimpse(of: cart, for: reader)
            } catch {
                return error == .cartNotFound ? .cartGone : .storeUnavailable
            }
            // A cart that was taken over or given away ended for its readers, also for one who has a part in it again.
            guard glimpse.incarnation == start.incarnation else { return .cartGone }
            // Waiting for a reader who takes nothing would keep us from seeing that he lost the right: he is told later.
            guard channel.isWritable else { continue }
            let news = EventText.news(glimpse, since: told)
            if !news.isEmpty || newBeat != beat {
                try await writer.write(ByteBuffer(string: news.isEmpty ? EventText.heartbeat : news))
            }
            told = EventID(glimpse)
            beat = newBeat
        }
        return .stopping
    }
}
