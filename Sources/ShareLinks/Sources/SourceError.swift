// SPDX-License-Identifier: Apache-2.0

/// Why a platform didn't give a cart, or didn't change it. The causes are for the log, and hold nothing that the platform sent.
package enum SourceError: Error, Equatable, Sendable {
    /// The platform knows no such cart now.
    case gone
    /// Nothing was changed.
    case unavailable(cause: String)
    /// A change was sent, and what became of it isn't known.
    case outcomeUnknown(cause: String)
    /// Whoever asked for the edit stopped it.
    case stopped
    case noSuchItem
    /// The platform doesn't sell it, or not in this way.
    case notSold
    /// What the edit says can't be said to this platform, by the field's name.
    case notExpressible(field: String)
    /// The platform took part of the edit: it has less than was asked for.
    case limited
    /// Somebody else changed the cart at the same time: it isn't as the edit would have left it.
    case overtaken
    /// This source changes no carts.
    case notEditable

    /// For the audit, what became of an edit that may have changed the platform's cart; nil where nothing was changed.
    var outcome: String? {
        switch self {
        case .limited: "taken in part"
        case .overtaken: "overtaken"
        case .outcomeUnknown: "outcome not known"
        case .gone, .unavailable, .stopped, .noSuchItem, .notSold, .notExpressible, .notEditable: nil
        }
    }
}
