// SPDX-License-Identifier: Apache-2.0

/// How a database was found, for the log.
package struct PostgresFacts: Sendable, Equatable {
    /// Like 150018: major and minor.
    package let serverVersion: Int
    /// When a commit counts as done: `on`, or `remote_apply`.
    package let synchronousCommit: String
    package let schemaVersion: Int
    /// Connections of this node: for look-ups, one that writes and one for revision checks.
    package let connections: Int
}
