// SPDX-License-Identifier: Apache-2.0

import StoreSQL

/// Written with a group of changes, so that a node which lost its connection during the commit can find out what came of it.
struct CommitMark {
    /// This process among those that use the store.
    let node: Int64
    let number: Int64

    var statement: SQLStatement {
        SQLStatement(
            """
            INSERT INTO writer (node, mark, at) VALUES (?, ?, now())
            ON CONFLICT (node) DO UPDATE SET mark = excluded.mark, at = excluded.at
            """,
            [.integer(node), .integer(number)]
        )
    }

    /// Whether the group with this mark was committed; throws where that can't be told.
    ///
    /// The lock waits until a commit that is still under way has ended. The answer is durable wherever commits have to be: it comes with a
    /// commit of its own, behind the one in question.
    func isCommitted(on connection: PostgresConnection, until deadline: Deadline) throws(PostgresFault) -> Bool {
        try connection.queue("BEGIN ISOLATION LEVEL READ COMMITTED")
        try connection.queue(Revision.lock)
        try connection.queue(SQLStatement("SELECT mark FROM writer WHERE node = ?", [.integer(node)]))
        try connection.queue(SQLStatement("UPDATE writer SET at = now() WHERE node = ?", [.integer(node)]))
        let results = try connection.sync(until: deadline)
        guard try connection.commit(until: deadline) else { throw .unexpected("no commit") }
        guard results.count == 4, results[2].count == 1 else { return false }
        return (try? results[2].row(0).integer(at: 0)) == number
    }
}
