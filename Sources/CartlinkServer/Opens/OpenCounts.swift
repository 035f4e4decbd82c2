// SPDX-License-Identifier: Apache-2.0

import Metrics
import ShareLinks
import Synchronization

/// What was counted of links and isn't written yet: in memory, so that no answer waits for the store.
package final class OpenCounts: Sendable {
    private struct State {
        var gathered: [LinkID: LinkOpens] = [:]
        /// Opens that found no place, since that was last told.
        var missed = 0
        var toldAt: Timestamp?
    }

    private let state = Mutex(State())
    private let most: Int
    private let people = Counter(label: "cartlink.opens", dimensions: [("who", "person")])
    private let robots = Counter(label: "cartlink.opens", dimensions: [("who", "robot")])

    /// - Parameter most: links that are counted between two writes; opens of further ones are not.
    init(most: Int = 100_000) {
        self.most = most
        people.increment(by: 0)
        robots.increment(by: 0)
    }

    func countPerson(at link: LinkID, at now: Timestamp) {
        if count(LinkOpens(people: 1, lastAt: now), of: link) { people.increment() }
    }

    func countRobot(at link: LinkID) {
        if count(LinkOpens(robots: 1), of: link) { robots.increment() }
    }

    private func count(_ opens: LinkOpens, of link: LinkID) -> Bool {
        state.withLock { state in
            let before = state.gathered[link]
            guard before != nil || state.gathered.count < most else {
                state.missed += 1
                return false
            }
            state.gathered[link] = (before ?? LinkOpens()) + opens
            return true
        }
    }

    /// Links that have something to write.
    var waiting: Int { state.withLock { $0.gathered.count } }

    /// Some of what has gathered. It stays here until it is ``settle(_:)``d, so that nothing is lost where it can't be written.
    func portion(of most: Int) -> [LinkID: LinkOpens] {
        state.withLock { Dictionary(uniqueKeysWithValues: $0.gathered.prefix(most).map { ($0.key, $0.value) }) }
    }

    /// Takes away what was written; what was counted meanwhile stays.
    func settle(_ written: [LinkID: LinkOpens]) {
        state.withLock { state in
            for (link, opens) in written {
                guard var left = state.gathered[link] else { continue }
                left.people -= opens.people
                left.robots -= opens.robots
                state.gathered[link] = left.people == 0 && left.robots == 0 ? nil : left
            }
        }
    }

    /// How many opens found no place, to be told once a minute at most; nil where there is nothing to tell now.
    func missed(at now: Timestamp) -> Int? {
        state.withLock { state in
            guard state.missed > 0, state.toldAt.map({ $0.adding(seconds: 60) <= now }) ?? true else { return nil }
            defer { state.missed = 0 }
            state.toldAt = now
            return state.missed
        }
    }
}
