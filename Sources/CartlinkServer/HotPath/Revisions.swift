// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import Synchronization

/// When carts last changed, counted in changes that this process heard of.
///
/// What was read of a cart is dated by the revision at which its look-up began, and holds while the cart's place in this table isn't
/// newer. Carts share places: a neighbour's change costs another look-up, and never hides a change. So nothing has to be found and
/// thrown away when something changes, and a look-up that was slow can't bring back what was true when it began.
package final class Revisions: Sendable {
    package typealias Revision = UInt64

    private let latest = Atomic<Revision>(0)
    private let everything = Atomic<Revision>(0)
    /// At a thousand changes a second one place changes about once a minute.
    private static let placeCount = 65_536
    /// Never moved or freed before the end; what it points to are atomics.
    private nonisolated(unsafe) let places: UnsafeMutablePointer<Atomic<Revision>>

    package init() {
        places = .allocate(capacity: Self.placeCount)
        for index in 0..<Self.placeCount { (places + index).initialize(to: Atomic(0)) }
    }

    deinit {
        places.deinitialize(count: Self.placeCount)
        places.deallocate()
    }

    /// The revision by which a look-up is dated that begins now.
    var now: Revision { latest.load(ordering: .sequentiallyConsistent) }

    /// Where the changes of a cart are noted.
    func place(of cart: CartID) -> Place { Place(index: cart.hashValue & (Self.placeCount - 1)) }

    struct Place: Sendable, Equatable {
        fileprivate let index: Int
    }

    /// Whether what a look-up that began at `revision` read still holds; without a place it holds until anything changes.
    func isCurrent(_ revision: Revision, at place: Place?) -> Bool {
        guard let place else { return latest.load(ordering: .sequentiallyConsistent) == revision }
        return places[place.index].load(ordering: .sequentiallyConsistent) <= revision
            && everything.load(ordering: .sequentiallyConsistent) <= revision
    }

    /// Notes changes that are durable, before whoever made them has his answer.
    package func note(_ changes: Set<StoreChange>) {
        let revision = latest.add(1, ordering: .sequentiallyConsistent).newValue
        for change in changes {
            switch change {
            // Two who note at once may come here in either order: the later revision stays.
            case .cart(let cart): places[place(of: cart).index].max(revision, ordering: .sequentiallyConsistent)
            case .everything: everything.max(revision, ordering: .sequentiallyConsistent)
            case .outbox, .untold: break
            }
        }
    }
}
