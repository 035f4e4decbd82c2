// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import StoreSQL

extension SQLiteStore {
    /// How far the store's history has come.
    package var generation: StoreGeneration { writes.generation }
}

extension SQLiteSession {
    /// In which way a store of this `epoch` is behind what was seen of it; nil where its history goes on from there.
    func lag(behind known: StoreGeneration, epoch: Int64) throws -> String? {
        try known.lag(ofEpoch: epoch) { sequence in
            try first(SQLStatement("SELECT code FROM audit WHERE sequence = ?", [.integer(sequence)])) { row in try row.bytes(at: 0) }
                ?? nil
        }
    }
}
