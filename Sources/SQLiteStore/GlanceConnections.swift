// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks
import Synchronization

/// Connections for look-ups of a few rows by their keys, which run where they are asked for.
///
/// Such a look-up takes a few microseconds. To hand it to another thread and its answer back takes several times as long, so it isn't
/// handed on as long as a connection is free; and nobody waits for one here.
final class GlanceConnections: Sendable {
    private let free: Mutex<[DatabaseQueue]>

    init(path: String, count: Int, configuration: Configuration) throws {
        var configuration = configuration
        configuration.readonly = true
        free = Mutex(try (0..<count).map { _ in try DatabaseQueue(path: path, configuration: configuration) })
    }

    /// The answer, or nil where no connection is free.
    func answer<Answer>(_ look: (any StoreView) throws(ShareError) -> Answer) -> Result<Answer, ShareError>? {
        // The last one that was used knows the most pages.
        guard let connection = free.withLock({ $0.popLast() }) else { return nil }
        defer { free.withLock { $0.append(connection) } }
        return connection.unsafeRead { database in database.atOneMoment(look) }
    }

    /// To be called once nothing is asked any more.
    func close() throws {
        let connections = free.withLock { free in
            defer { free = [] }
            return free
        }
        for connection in connections { try connection.close() }
    }
}
