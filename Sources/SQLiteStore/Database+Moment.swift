// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks
import StoreSQL

extension Database {
    /// Looks at one state, in a transaction that reads. Unlike GRDB's own it prepares its two statements once, and not each time.
    func atOneMoment<Answer>(_ look: (any StoreView) throws(ShareError) -> Answer) -> Result<Answer, ShareError> {
        Result { () throws(ShareError) in
            do { try cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute() } catch { throw ShareError(sqlite: error) }
            defer { endMoment() }
            return try look(SQLView(session: SQLiteSession(self)))
        }
    }

    /// Nothing was changed, so whichever way out works is right.
    private func endMoment() {
        do {
            try cachedStatement(sql: "COMMIT TRANSACTION").execute()
        } catch {
            try? rollback()
        }
    }
}
