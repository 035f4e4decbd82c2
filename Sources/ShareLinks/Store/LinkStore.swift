// SPDX-License-Identifier: Apache-2.0

/// The only door to storage.
///
/// What a write answered is durable. A read that starts after a write's answer sees that write.
package protocol LinkStore: Sendable {
    /// Looks at one consistent state.
    func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer

    /// The same for a few records that are found by their keys: a store may do this where it is asked, on the caller's thread.
    func glance<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer

    /// Makes one change: all of it or, where it throws, nothing. Rights are judged inside, on the state that is changed.
    func write<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer

    /// The webhooks that hear of changes, by what is configured.
    var webhooks: [Webhook] { get }

    /// Tells of changes once they are durable.
    var changes: ChangeFeed { get }

    /// Whether this process is the one that delivers what waits for the webhooks now.
    var deliversWebhooks: Bool { get }

    /// What to ask before anything held is shown; nil where this process makes every change itself.
    var revisionCheck: (any RevisionCheck)? { get }

    /// Throws where the store can't do its work; for the readiness probe.
    func check() async throws(ShareError)
}

extension LinkStore {
    package var deliversWebhooks: Bool { true }
    package var revisionCheck: (any RevisionCheck)? { nil }

    package func glance<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        try await read(look)
    }
}

/// Why something is written: what takes power away goes through even when the disk is nearly full.
package enum WritePurpose: Sendable {
    case ordinary
    case takingAway
    /// Takes away as much as there may be: it is made alone, and has a minute where others have seconds.
    case takingManyAway

    package var takesAway: Bool { self != .ordinary }
}

/// What can be looked up.
package protocol StoreView: OutboxView {
    func cart(_ id: CartID) throws(ShareError) -> Cart?
    /// The cart that lives on a platform under this id.
    func cart(at id: PlatformCartID) throws(ShareError) -> Cart?
    /// The carts of which `person` is the owner, the last changed first, from below the version `before`.
    func carts(of person: Person, before: CartVersion?, limit: Int) throws(ShareError) -> [Cart.Summary]

    /// The carts on which `holder` has a grant that wasn't withdrawn, the last changed first, from below the version `before`.
    func carts(heldBy holder: Subject, before: CartVersion?, limit: Int) throws(ShareError) -> [SharedCart]

    func companyUser(_ id: CompanyUserID) throws(ShareError) -> CompanyUser?
    /// A user's entries, whatever the company, by id.
    func companyUsers(of user: UserID) throws(ShareError) -> [CompanyUser]
    /// The company's active entries, by id.
    func companyUsers(of company: CompanyID, limit: Int) throws(ShareError) -> [CompanyUser]

    /// Also a grant that was withdrawn.
    func grant(_ id: GrantID) throws(ShareError) -> Grant?
    func grant(of holder: Subject, on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Grant?
    /// The grants of one life of a cart that weren't withdrawn, the newest first.
    func grants(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Grant]
    func grantCount(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Int
    /// When `holder` first accepted a link, nil if he didn't.
    func acceptance(of link: LinkID, by holder: Subject) throws(ShareError) -> Serial?
    /// How many grants would be withdrawn with the links that `selector` names.
    func grantsToWithdraw(named selector: LinkSelector) throws(ShareError) -> Int

    func comment(_ id: CommentID) throws(ShareError) -> Comment?
    /// The comments in one life of a cart, the oldest first.
    func comments(on cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Comment]
    func commentMark(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> CommentMark

    func link(_ id: LinkID) throws(ShareError) -> Link?
    /// What the link shows guests in place of the cart as it is; nil for a link that pins nothing, or that has ended.
    func snapshot(of link: LinkID) throws(ShareError) -> CartSnapshot?
    /// The links issued in one life of a cart, the newest first.
    func links(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> [Link]
    /// The links that `query` names, the newest first.
    func links(matching query: LinkQuery, at now: Timestamp, after cursor: LinkCursor?, limit: Int) throws(ShareError) -> LinkPage
    /// How many links that aren't revoked `selector` names.
    func unrevokedLinks(named selector: LinkSelector) throws(ShareError) -> Int
    func unrevokedLinks(named selector: LinkSelector, limit: Int) throws(ShareError) -> [LinkID]
    /// How many links of the cart's life are neither revoked nor expired.
    func liveLinks(of cart: CartID, in incarnation: Incarnation, at now: Timestamp) throws(ShareError) -> Int
    /// How many snapshots the cart's life has, those of expired links among them: they may be extended.
    func snapshotCount(of cart: CartID, in incarnation: Incarnation) throws(ShareError) -> Int
    func liveLinks(of key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError) -> Int

    func issue(for key: IdempotencyKey, since: Timestamp) throws(ShareError) -> IdempotentIssue?
    func knownKeys() throws(ShareError) -> [KnownKey]
    /// The rows that `query` names, in its order, behind the row `sequence`.
    func audit(matching query: AuditQuery, after sequence: Int64?, limit: Int) throws(ShareError) -> [AuditRecord]

    /// The next `limit` records of each kind behind `place`; nothing behind the last.
    func portion(after place: Distrust.Place, limit: Int) throws(ShareError) -> Distrust.Portion
    /// How many records in `portion` would be held.
    func count(_ distrust: Distrust, in portion: Distrust.Portion) throws(ShareError) -> Distrust.Counts
}

/// What can be changed, inside one transaction.
package protocol StoreTransaction: StoreView, OutboxTransaction {
    /// The next version; no number comes twice in a store's life.
    func nextVersion() throws(ShareError) -> CartVersion
    func put(_ cart: Cart) throws(ShareError)
    /// Deletes a cart with its grants, comments and snapshots.
    func deleteCart(_ id: CartID) throws(ShareError)
    /// Deletes the grants, comments and snapshots of a cart whose life ends.
    func endLife(of cart: CartID) throws(ShareError)

    func put(_ user: CompanyUser) throws(ShareError)
    func put(_ grant: Grant) throws(ShareError)
    /// Takes away what grants rest on the links that `selector` names, and the owners' own grants where it names carts or people;
    /// answers how many grants were left with nothing. To be called before those links are revoked.
    func withdrawGrants(named selector: LinkSelector, decision: Serial, at now: Timestamp) throws(ShareError) -> Int
    /// Withdraws everything `holder` has; he may come back, since no owner decided it.
    func withdrawGrants(heldBy holder: Subject, at now: Timestamp) throws(ShareError) -> Int
    func remember(acceptanceOf link: LinkID, by holder: Subject, at serial: Serial) throws(ShareError)
    /// Holds the links made on behalf of a company user for the directory, and lets go of those that he made as `member`.
    func holdLinks(by author: CompanyUserID, unless member: Person?) throws(ShareError)

    func insert(_ comment: Comment) throws(ShareError)
    func deleteComment(_ id: CommentID) throws(ShareError)

    func insert(_ link: Link) throws(ShareError)
    func insert(_ snapshot: CartSnapshot, of link: LinkID) throws(ShareError)
    /// Writes what can change of a link: access, label, accepts, expiry, pauses, revocation. A revoked link loses its snapshot.
    func update(_ link: Link) throws(ShareError)
    /// Revokes every link that `selector` names and that isn't revoked, and deletes their snapshots; answers how many there were.
    func revoke(_ selector: LinkSelector, at now: Timestamp) throws(ShareError) -> Int

    /// Adds to what was counted of a link. Nothing else changes, and nobody hears of it.
    func add(_ opens: LinkOpens, to link: LinkID) throws(ShareError)

    func remember(_ issue: IdempotentIssue, under key: IdempotencyKey, at now: Timestamp) throws(ShareError)
    func forgetIssues(before: Timestamp) throws(ShareError)
    func remember(_ key: KnownKey) throws(ShareError)
    func markRetired(_ key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError)
    /// Adds a row to the chained audit; use cases call ``record(_:telling:)``.
    func append(_ entry: AuditEntry) throws(ShareError)

    /// Pauses the links in `portion` that aren't believed and may still be opened, and suspends the grants and the shop's company users.
    func hold(_ distrust: Distrust, in portion: Distrust.Portion) throws(ShareError) -> Distrust.Counts
    /// Lets the store's history go on in a new epoch, no earlier than `earliest`; answers it.
    ///
    /// Versions go on behind those that a lost part of the history may have given out: clients still hold them.
    func beginEpoch(_ earliest: Int64) throws(ShareError) -> Int64
}

extension StoreTransaction {
    package func nextSerial() throws(ShareError) -> Serial { Serial(try nextVersion().number) }
}
