// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// A stream's place among the open ones. It is free again once nobody holds this, however its answer came to an end.
final class EventPlace: Sendable {
    /// What the stream is woken for; a wake that wasn't seen yet gives way to the next one.
    let wakes: AsyncStream<Wake>
    let firstBeat: Int
    private let source: AsyncStream<Wake>.Continuation
    private let cart: CartID
    private let number: Int
    private let streams: EventStreams

    init(
        cart: CartID,
        number: Int,
        firstBeat: Int,
        wakes: AsyncStream<Wake>,
        source: AsyncStream<Wake>.Continuation,
        streams: EventStreams
    ) {
        self.cart = cart
        self.number = number
        self.firstBeat = firstBeat
        self.wakes = wakes
        self.source = source
        self.streams = streams
    }

    deinit {
        streams.free(number, on: cart)
    }

    func end(_ reason: EventStreamEnd) {
        source.end(reason)
    }
}

/// Why a stream is woken.
enum Wake: Sendable, Equatable {
    /// To look at the cart again. Where `beat` has counted up, the stream writes something even if nothing happened.
    case look(beat: Int)
    case end(EventStreamEnd)
}

/// Why a stream ended, for the log.
enum EventStreamEnd: String, Sendable {
    case readerLeft = "reader left"
    case loginExpired = "login expired"
    case stopping
    /// The cart is gone, or the reader has no part in it any more: neither is told from the other.
    case cartGone = "cart gone or right lost"
    /// Whether the reader still has the right can't be told, so he counts as one who hasn't.
    case storeUnavailable = "store unavailable"
}

extension AsyncStream<Wake>.Continuation {
    /// The last wake: none that comes later can take its place.
    func end(_ reason: EventStreamEnd) {
        yield(.end(reason))
        finish()
    }
}
