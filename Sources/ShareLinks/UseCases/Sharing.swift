// SPDX-License-Identifier: Apache-2.0

/// The use cases of sharing carts, each in a file of its own; time comes in as an argument.
package struct Sharing: Sendable {
    package let store: any LinkStore
    package let keys: LiveKeys
    package let rules: SharingRules
    /// Where carts live that aren't kept in the store; nil where all are.
    package let source: (any CartSource)?
    let acquaintances = Acquaintances()
    let newLinkID: @Sendable () -> LinkID
    let newGrantID: @Sendable () -> GrantID
    let newCommentID: @Sendable () -> CommentID
    let newCartID: @Sendable () -> CartID

    package init(
        store: any LinkStore,
        keys: LiveKeys,
        rules: SharingRules,
        source: (any CartSource)? = nil,
        newLinkID: @escaping @Sendable () -> LinkID = SecureRandom.linkID,
        newGrantID: @escaping @Sendable () -> GrantID = SecureRandom.identifier,
        newCommentID: @escaping @Sendable () -> CommentID = SecureRandom.identifier,
        newCartID: @escaping @Sendable () -> CartID = SecureRandom.identifier
    ) {
        self.store = store
        self.keys = keys
        self.rules = rules
        self.source = source
        self.newLinkID = newLinkID
        self.newGrantID = newGrantID
        self.newCommentID = newCommentID
        self.newCartID = newCartID
    }

    /// The token that names `link`, or nil once its key is gone.
    package func token(of link: Link) -> Token? {
        let ring = keys.ring
        guard let key = ring.key(named: link.key) else { return nil }
        return ring.token(for: link.id, mode: link.mode, slot: key.slot)
    }
}
