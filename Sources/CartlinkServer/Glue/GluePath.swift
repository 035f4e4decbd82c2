// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Addresses as Glue reads them: slashes at both ends below `/glue` count for nothing, an empty part between two others makes
/// another address. The router drops every empty part.
extension Request {
    /// Whether the router takes the address for one under `/glue`.
    var isForGlue: Bool {
        uri.path.split(separator: "/").first == "glue"
    }

    /// What stands below `/glue`, without slashes at its ends; nil for an address that only the router takes for one of Glue's.
    var gluePath: Substring? {
        let start = "/glue/"
        guard uri.path.hasPrefix(start) else { return nil }
        let path = uri.path.dropFirst(start.count).drop { $0 == "/" }
        return path.prefix(upTo: path.lastIndex { $0 != "/" }.map(path.index(after:)) ?? path.startIndex)
    }
}
