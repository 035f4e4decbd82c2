// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a committed write changed, as far as rights and shown carts depend on it.
package enum StoreChange: Sendable, Hashable {
    /// A cart, its links, grants or comments.
    case cart(CartID)
    /// More than one cart may be meant: the directory, a bulk revocation, a retired key.
    case everything
}

/// Tells those who wait that something they look at has changed; it says nothing of what.
///
/// Each listener is called on the writer's thread after the commit, and before the writer has its answer: it must be quick.
package final class ChangeFeed: Sendable {
    package typealias Listener = @Sendable (Set<StoreChange>) -> Void

    private let listeners = Mutex<[Listener]>([])

    package init() {}

    /// Adds a listener for as long as the feed lives.
    package func listen(_ listener: @escaping Listener) {
        listeners.withLock { $0.append(listener) }
    }

    /// To be called by the store once the changes are durable.
    package func publish(_ changes: Set<StoreChange>) {
        guard !changes.isEmpty else { return }
        for listener in listeners.withLock({ $0 }) { listener(changes) }
    }
}
