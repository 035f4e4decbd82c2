// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks
package import StoreSQL

/// The whole store for a copy, of a store that serves nobody.
extension SQLiteStore {
    /// Reads everything as it is at one moment.
    package func copyOut<Answer>(_ work: (any SQLSession) throws(CopyRefusal) -> Answer) throws(CopyRefusal) -> Answer {
        try copying { try database.read { try work(SQLiteSession($0)) } }
    }

    /// Fills the store in one transaction: what throws leaves nothing.
    ///
    /// To be closed right afterwards, since what this store knows of its audit is from before.
    package func copyIn<Answer>(_ work: (any SQLSession) throws(CopyRefusal) -> Answer) throws(CopyRefusal) -> Answer {
        try copying {
            try database.writeWithoutTransaction { database in
                var answer: Answer?
                try database.inTransaction(.immediate) {
                    answer = try work(SQLiteSession(database))
                    return .commit
                }
                guard let answer else { throw CopyRefusal.store("the copy wasn't made") }
                return answer
            }
        }
    }

    private func copying<Answer>(_ work: () throws -> Answer) throws(CopyRefusal) -> Answer {
        do { return try work() } catch { throw error as? CopyRefusal ?? .store(StoreError(sqlite: error).cause) }
    }
}
