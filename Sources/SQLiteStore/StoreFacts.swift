// SPDX-License-Identifier: Apache-2.0

/// How a store was opened, for the log.
package struct StoreFacts: Sendable, Equatable {
    package let sqliteVersion: String
    package let journalMode: String
    /// 2 is FULL: a commit is on disk before it is acknowledged.
    package let synchronous: Int
    package let schemaVersion: Int
    /// Connections that only read, beside those for brief look-ups; one more writes and checkpoints.
    package let readers: Int
}
