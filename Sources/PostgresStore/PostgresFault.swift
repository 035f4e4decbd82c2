// SPDX-License-Identifier: Apache-2.0

/// What went wrong between this process and the database.
enum PostgresFault: Error, Equatable {
    /// The server answered with an error (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    case refused(state: String)
    /// No connection could be made, by libpq's word, which names neither passwords nor data.
    case unconnected(String)
    /// The connection broke.
    case lost
    /// No answer came in time.
    case late
    /// The server answered with something else than was asked for.
    case unexpected(String)
    /// What a node knows of the database's history isn't what the database tells.
    case historyDiffers(String)
}

extension PostgresFault {
    /// By its settings the server takes no changes.
    static let isReadOnly = PostgresFault.refused(state: "25006")

    /// Whether the server may have done what it was asked to all the same.
    var leavesOpen: Bool {
        switch self {
        case .refused(let state):
            // Class 57P: the server ends the connection, perhaps while a commit waits for a standby. Class 08: so does what lies between.
            state.hasPrefix("57P") || state.hasPrefix("08") || state == "40003"
        case .lost, .late, .unexpected: true
        case .unconnected, .historyDiffers: false
        }
    }

    /// Whether it may be one change's fault, and the others that were made with it can do without.
    var isOfOneChange: Bool {
        switch self {
        case .refused: !passes
        case .unexpected: true
        case .unconnected, .lost, .late, .historyDiffers: false
        }
    }

    /// Whether a connection that was there ended, which says nothing of the next one.
    var isBreak: Bool {
        switch self {
        case .refused(let state): state.hasPrefix("57P") || state.hasPrefix("08")
        case .lost: true
        case .unconnected, .late, .unexpected, .historyDiffers: false
        }
    }

    /// Whether the same may succeed a moment later, nothing having been done.
    var passes: Bool {
        switch self {
        case .refused(let state):
            // Serialization, deadlock, a connection that was ended, a lock that wasn't free in time, a server whose place another one took.
            isBreak || self == .isReadOnly || state.hasPrefix("40") || ["55P03", "25P03"].contains(state)
        case .lost, .unconnected: true
        case .late, .unexpected, .historyDiffers: false
        }
    }
}
