// SPDX-License-Identifier: Apache-2.0

import StoreSQL

extension PostgresConnection {
    /// Ends transactions of nodes that stalled while they were sending, or between two statements: the lock they hold keeps all others from
    /// writing. Where half a message has arrived the server waits for the rest without a time-out of its own.
    func endStalledWrites(until deadline: Deadline) throws(PostgresFault) {
        try queue(SQLStatement(Self.end, []))
        _ = try sync(until: deadline)
    }

    private static let end = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND application_name = '\(PostgresAddress.nodes)' AND pid <> pg_backend_pid()
            AND wait_event = 'ClientRead' AND xact_start < now() - interval '600 milliseconds'
            AND greatest(query_start, state_change) < now() - interval '600 milliseconds'
        """
}
