// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL

extension PostgresConnection {
    /// Bounds every wait on the server's side, too, and makes commits durable; answers what is in force.
    ///
    /// A stalled node must not hold up another one's revocation: its open transaction ends well within a second.
    func prepare(until deadline: Deadline) throws(PostgresFault) -> Settings {
        for setting in [
            "SET search_path = \(PostgresSchema.name)", "SET statement_timeout = 2000", "SET lock_timeout = 700",
            "SET idle_in_transaction_session_timeout = 600", "SET jit = off",
        ] {
            try queue(SQLStatement(setting, []))
        }
        // A role or a database may ask for more than `on`.
        try queue(
            """
            SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' \
            ELSE 'on' END, false), current_setting('fsync'), current_setting('server_encoding')
            """
        )
        guard let result = try sync(until: deadline).last, result.count == 1 else { throw .unexpected("no settings") }
        let row = result.row(0)
        func setting(_ index: Int) -> String { ((try? row.text(at: index)) ?? nil) ?? "unknown" }
        return Settings(synchronousCommit: setting(0), fsync: setting(1), encoding: setting(2))
    }

    struct Settings {
        let synchronousCommit: String
        let fsync: String
        let encoding: String

        func check(_ address: String) throws(PostgresRefusal) {
            guard fsync == "on" else { throw .notDurable(address, setting: "fsync = \(fsync)") }
            guard encoding == "UTF8" else { throw .notUTF8(address, encoding: encoding) }
        }
    }
}
