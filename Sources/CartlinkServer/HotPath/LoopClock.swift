// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ShareLinks

/// The time on one event loop: asked for once in each of the loop's turns, however many requests the turn answers.
final class LoopClock {
    private let loop: any EventLoop
    private let now: @Sendable () -> Timestamp
    private var reading: Timestamp?
    private var lastDate: HTTPDate?

    init(loop: any EventLoop, now: @escaping @Sendable () -> Timestamp) {
        self.loop = loop
        self.now = now
    }

    var time: Timestamp {
        if let reading { return reading }
        let time = now()
        reading = time
        // The loop runs this when it is done with what has come in, before it looks for more.
        loop.assumeIsolated().execute { self.reading = nil }
        return time
    }

    var date: HTTPDate {
        let time = time
        if let lastDate, lastDate.second == time.seconds { return lastDate }
        let date = HTTPDate(time)
        lastDate = date
        return date
    }
}
