// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Synchronization

/// The paths that a listener serves and their methods: the router itself tells an unknown method from an unknown path no more.
final class RouteTable: Sendable {
    private let routes = Mutex<[(parts: [Substring], methods: [String])]>([])

    /// Learns the routes of a router whose routes are all added.
    func learn(from router: Router<ServerContext>) {
        var byPath: [String: Set<String>] = [:]
        for route in router.routes {
            byPath[route.path.description, default: []].insert(route.method.rawValue)
        }
        let learned = byPath.map { path, methods in
            // HEAD is made of GET by the router's option.
            let all = methods.contains("GET") ? methods.union(["HEAD"]) : methods
            return (parts: Self.parts(of: path).map { Substring($0) }, methods: all.sorted())
        }
        routes.withLock { $0 = learned }
    }

    func isKnown(_ path: String) -> Bool {
        !methods(of: path).isEmpty
    }

    func methods(of path: String) -> [String] {
        let parts = Self.parts(of: path)
        return routes.withLock { routes in
            routes.first { route in
                route.parts.count == parts.count
                    && zip(route.parts, parts).allSatisfy { pattern, part in pattern.hasPrefix("{") || pattern == part }
            }?.methods ?? []
        }
    }

    private static func parts(of path: String) -> [Substring] {
        path.split(separator: "/")
    }
}
