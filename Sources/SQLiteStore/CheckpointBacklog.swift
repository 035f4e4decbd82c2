// SPDX-License-Identifier: Apache-2.0

/// Estimates how much the write-ahead log holds that isn't in the database yet.
struct CheckpointBacklog {
    private var rows = 0
    private var documentBytes = 0

    mutating func add(rows: Int, documentBytes: Int) {
        self.rows += rows
        self.documentBytes += documentBytes
    }

    /// A changed row dirties a few pages of 4 kB in its table and indexes, so this is roughly 16 MB of log.
    var isDue: Bool { rows >= 1000 || documentBytes >= 8 << 20 }
}
