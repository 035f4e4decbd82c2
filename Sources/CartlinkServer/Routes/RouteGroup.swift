// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// The routes of one kind of thing; they know nothing of the other groups.
protocol RouteGroup: Sendable {
    func add(to router: Router<ServerContext>)
}
