// SPDX-License-Identifier: Apache-2.0

extension AuditEntry.Action {
    /// The kinds of notices that such a change may bring about; a new action makes somebody decide.
    package var tells: [Notice.Kind] {
        switch self {
        // Also the first owner of a guest's cart comes with a push.
        case .cartPushed, .cartTransferred, .cartTakenOver: [.cartOwnerChanged, .cartChanged]
        case .cartStateChanged, .cartDeleted, .cartEdited: [.cartChanged]
        case .cartShared: [.cartOwnerChanged]
        case .linkIssued: [.linkCreated]
        case .grantAccepted: [.linkAccepted]
        case .linkRevoked, .linksRevoked, .keyRetired: [.linkRevoked]
        // The shop has just made these itself, or they are between the people who have a part in the cart.
        case .linkChanged, .linkPaused, .linkResumed, .grantMade, .grantChanged, .grantWithdrawn, .grantLeft, .commentMade,
            .commentDeleted, .companyUserPut, .companyUserLeft, .webhookRetried, .storeDistrusted:
            []
        }
    }
}

extension StoreTransaction {
    /// Adds a row to the audit, and to the outbox what webhooks are told of the same change.
    package func record(_ entry: AuditEntry, telling notices: [Notice] = []) throws(ShareError) {
        assert(notices.allSatisfy { entry.action.tells.contains($0.kind) }, "\(entry.action) tells something else")
        try append(entry)
        for notice in notices { try tell(notice) }
    }

    /// Adds a row to the audit, and one to the outbox for each webhook however many links the change revoked.
    func record(_ entry: AuditEntry, tellingOf revoked: Int, links selector: LinkSelector) throws(ShareError) {
        assert(entry.action.tells == [.linkRevoked])
        try append(entry)
        guard revoked > 0 else { return }
        for webhook in webhooks where webhook.kinds.contains(.linkRevoked) {
            try queue(MassRevocation(webhook: webhook.id, selector: selector, at: entry.at, links: revoked))
        }
    }

    private func tell(_ notice: Notice) throws(ShareError) {
        for webhook in webhooks where webhook.kinds.contains(notice.kind) {
            try queue(Message(notice, to: webhook.id))
        }
    }
}
