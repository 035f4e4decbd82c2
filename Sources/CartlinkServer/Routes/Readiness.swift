// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether this node takes traffic; a shutdown ends that before it ends anything else.
package final class Readiness: Sendable {
    private let ready = Atomic(true)

    package init() {}

    package var isReady: Bool { ready.load(ordering: .relaxed) }

    package func end() { ready.store(false, ordering: .relaxed) }
}
