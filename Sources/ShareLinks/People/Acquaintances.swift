// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The people whose logins were seen since the start, so that each is written to the directory once.
final class Acquaintances: Sendable {
    /// Beyond it the set starts anew: it saves work and proves nothing.
    private static let most = 20_000
    private let people = Mutex<Set<Person>>([])

    func isNew(_ person: Person) -> Bool {
        people.withLock { people in
            if people.count >= Self.most { people = [] }
            return people.insert(person).inserted
        }
    }

    func forget(_ person: Person) {
        people.withLock { _ = $0.remove(person) }
    }
}
