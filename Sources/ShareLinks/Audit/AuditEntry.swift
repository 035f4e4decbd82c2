// SPDX-License-Identifier: Apache-2.0

/// One line of the audit: who did what to which link or cart, when and why. Never a token, never personal data.
package struct AuditEntry: Sendable, Equatable {
    package let at: Timestamp
    package let actor: String
    package let action: Action
    package let link: LinkID?
    package let cart: CartID?
    package let reason: String?
    package let before: String?
    package let after: String?

    package enum Action: String, Sendable, CaseIterable {
        case cartPushed = "cart.pushed"
        /// A platform's cart got its record here.
        case cartShared = "cart.shared"
        case cartTransferred = "cart.transferred"
        case cartStateChanged = "cart.state-changed"
        case cartDeleted = "cart.deleted"
        /// Also that an edit was sent to the cart's platform.
        case cartEdited = "cart.edited"
        case cartTakenOver = "cart.taken-over"
        case linkIssued = "link.issued"
        case linkChanged = "link.changed"
        case linkPaused = "link.paused"
        case linkResumed = "link.resumed"
        case linkRevoked = "link.revoked"
        case linksRevoked = "links.revoked"
        case keyRetired = "key.retired"
        case grantAccepted = "grant.accepted"
        case grantMade = "grant.made"
        case grantChanged = "grant.changed"
        case grantWithdrawn = "grant.withdrawn"
        case grantLeft = "grant.left"
        case commentMade = "comment.made"
        case commentDeleted = "comment.deleted"
        case companyUserPut = "company-user.put"
        case companyUserLeft = "company-user.left"
        case webhookRetried = "webhook.retried"
        case storeDistrusted = "store.distrusted"

        /// The actions of which one row stands for many links; a search by link finds it by the moment of the link's revocation.
        package static let ofManyLinks: [Action] = [.linksRevoked, .keyRetired]
    }

    package init(
        at: Timestamp,
        actor: String,
        action: Action,
        link: LinkID? = nil,
        cart: CartID? = nil,
        reason: String? = nil,
        before: String? = nil,
        after: String? = nil
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.link = link
        self.cart = cart
        self.reason = reason
        self.before = before
        self.after = after
    }
}

/// An entry in its place in the chain.
package struct AuditRecord: Sendable, Equatable {
    /// Counts from 1 without gaps.
    package let sequence: Int64
    package let entry: AuditEntry
    package let code: AuditChain.Code

    package init(sequence: Int64, entry: AuditEntry, code: AuditChain.Code) {
        self.sequence = sequence
        self.entry = entry
        self.code = code
    }
}

package struct AuditQuery: Sendable, Equatable {
    package var link: LinkID?
    package var cart: CartID?
    package var actor: String?
    package var from: Timestamp?
    package var to: Timestamp?
    package var order = Order.oldestFirst

    package enum Order: String, Sendable {
        /// As the chain runs.
        case oldestFirst = "oldest-first"
        case newestFirst = "newest-first"
    }

    package init() {}
}
