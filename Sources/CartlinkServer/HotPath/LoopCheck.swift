// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ShareLinks

/// One event loop's questions to the store's revision check: all who join in one turn of the loop share a question, and so do all who
/// join while one is being answered.
final class LoopCheck {
    /// Questions are counted, and are answered in this order.
    typealias Round = Int
    /// Called on the loop when a round has ended; what is held may be shown to those who joined it only where `isFresh`.
    typealias Waiter = (_ round: Round, _ isFresh: Bool) -> Void

    private let loop: any EventLoop
    private let check: any RevisionCheck
    private var gathered: [Waiter] = []
    private var isAsking = false
    /// The round that isn't asked yet: what came until now is older than its look at the revisions.
    private(set) var next: Round = 1

    init(loop: any EventLoop, check: any RevisionCheck) {
        self.loop = loop
        self.check = check
    }

    /// Has `waiter` called at the end of the round ``next``.
    func join(_ waiter: @escaping Waiter) {
        gathered.append(waiter)
        guard gathered.count == 1, !isAsking else { return }
        // The loop runs this when it is done with what has come in, before it looks for more.
        loop.assumeIsolated().execute { self.ask() }
    }

    private func ask() {
        isAsking = true
        let waiters = gathered
        gathered = []
        let round = next
        next += 1
        let here = NIOLoopBound((self, waiters), eventLoop: loop)
        check.pass { [loop] error in
            loop.execute {
                let (loopCheck, waiters) = here.value
                loopCheck.end(round, isFresh: error == nil, for: waiters)
            }
        }
    }

    private func end(_ round: Round, isFresh: Bool, for waiters: [Waiter]) {
        isAsking = false
        // First, so that the store works while these are served.
        if !gathered.isEmpty { ask() }
        for waiter in waiters { waiter(round, isFresh) }
    }
}
