// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Synchronization

/// A store that is so plain that it can be read as the definition: arrays, filters and one lock.
final class ModelStore: LinkStore {
    private let state = Mutex(State())
    let changes = ChangeFeed()
    let webhooks = StoreRule.webhooks

    struct State {
        var version: Int64 = 0
        var epoch: Int64 = 0
        var carts: [CartID: Cart] = [:]
        /// In the order in which they were issued.
        var links: [Link] = []
        var issues: [IdempotencyKey: (issue: IdempotentIssue, at: Timestamp)] = [:]
        var keys: [KnownKey] = []
        var audit: [AuditRecord] = []
        var companyUsers: [CompanyUserID: CompanyUser] = [:]
        /// In the order in which they were made.
        var grants: [Grant] = []
        var acceptances: [LinkID: [Subject: Serial]] = [:]
        /// In the order in which they were written, each with its number in that order.
        var comments: [(number: Int64, comment: Comment)] = []
        var lastComment: Int64 = 0
        var snapshots: [LinkID: CartSnapshot] = [:]
        /// In the order in which they were queued.
        var outbox: [ModelMessage] = []
        var lastMessage: Int64 = 0
        var masses: [(revocation: MassRevocation, cursor: LinkCursor?)] = []
        var webhookStates: [WebhookID: (success: Timestamp?, failure: WebhookState.Failure?)] = [:]
    }

    func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any StoreView) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        try look(ModelTransaction(state.withLock { $0 }))
    }

    func write<Answer: Sendable>(
        _ purpose: WritePurpose,
        _ change: @escaping @Sendable (any StoreTransaction) throws(ShareError) -> Answer
    ) async throws(ShareError) -> Answer {
        let answer = try state.withLock { state throws(ShareError) in
            let transaction = ModelTransaction(state)
            let answer = try change(transaction)
            state = transaction.state
            return answer
        }
        changes.publish([.everything])
        return answer
    }

    func check() async throws(ShareError) {}
}

final class ModelTransaction: StoreTransaction {
    var state: ModelStore.State

    init(_ state: ModelStore.State) { self.state = state }

    func cart(_ id: CartID) -> Cart? { state.carts[id] }

    func cart(at id: PlatformCartID) -> Cart? { state.carts.values.first { $0.origin?.id == id } }

    func carts(of person: Person, before: CartVersion?, limit: Int) -> [Cart.Summary] {
        let carts = state.carts.values.filter { $0.isOwned(by: person) && (before == nil || $0.version < before!) }
        return carts.sorted { $0.version > $1.version }.prefix(limit).map(\.summary)
    }

    func link(_ id: LinkID) -> Link? { state.links.first { $0.id == id } }

    func snapshot(of link: LinkID) -> CartSnapshot? { state.snapshots[link] }

    func links(of cart: CartID, in incarnation: Incarnation) -> [Link] {
        state.links.reversed().filter { $0.cart == cart && $0.incarnation == incarnation }
    }

    func links(matching query: LinkQuery, at now: Timestamp, after cursor: LinkCursor?, limit: Int) -> LinkPage {
        let rows = state.links.enumerated().reversed().filter { row, link in
            Int64(row) < (cursor?.row ?? .max) && query.matches(link, at: now)
        }
        let next = rows.count > limit ? rows.prefix(limit).last.map { LinkCursor(row: Int64($0.offset)) } : nil
        return LinkPage(links: rows.prefix(limit).map(\.element), next: next)
    }

    func unrevokedLinks(named selector: LinkSelector) -> Int { unrevoked(selector).count }

    func unrevokedLinks(named selector: LinkSelector, limit: Int) -> [LinkID] {
        unrevoked(selector).reversed().prefix(limit).map { state.links[$0].id }
    }

    func liveLinks(of cart: CartID, in incarnation: Incarnation, at now: Timestamp) -> Int {
        links(of: cart, in: incarnation).count { $0.revokedAt == nil && $0.expiresAt > now }
    }

    func snapshotCount(of cart: CartID, in incarnation: Incarnation) -> Int {
        links(of: cart, in: incarnation).count { $0.isSnapshot && $0.revokedAt == nil }
    }

    func liveLinks(of key: LinkKey.Fingerprint, at now: Timestamp) -> Int {
        state.links.count { $0.key == key && $0.revokedAt == nil && $0.expiresAt > now }
    }

    func issue(for key: IdempotencyKey, since: Timestamp) -> IdempotentIssue? {
        state.issues[key].flatMap { $0.at >= since ? $0.issue : nil }
    }

    func knownKeys() -> [KnownKey] { state.keys }

    private func revocation(of link: LinkID?) -> Timestamp? {
        state.links.first { $0.id == link }?.revokedAt
    }

    func audit(matching query: AuditQuery, after sequence: Int64?, limit: Int) -> [AuditRecord] {
        let rows = query.order == .oldestFirst ? state.audit : state.audit.reversed()
        let rest =
            sequence.map { last in rows.drop { query.order == .oldestFirst ? $0.sequence <= last : $0.sequence >= last } } ?? rows[...]
        return Array(rest.filter { query.matches($0.entry, revokedAt: revocation(of: query.link)) }.prefix(limit))
    }

    func nextVersion() -> CartVersion {
        state.version += 1
        return CartVersion(state.version)
    }

    func put(_ cart: Cart) { state.carts[cart.id] = cart }
    func deleteCart(_ id: CartID) {
        state.carts[id] = nil
        endLife(of: id)
    }

    func insert(_ link: Link) { state.links.append(link) }
    func insert(_ snapshot: CartSnapshot, of link: LinkID) { state.snapshots[link] = snapshot }

    func update(_ link: Link) throws(ShareError) {
        guard let row = state.links.firstIndex(where: { $0.id == link.id }) else { throw .linkNotFound }
        let before = state.links[row]
        state.links[row] = link
        state.links[row].opens = before.opens
        if let revokedAt = before.revokedAt { state.links[row].revokedAt = revokedAt }
        if state.links[row].revokedAt != nil { state.snapshots[link.id] = nil }
    }

    func revoke(_ selector: LinkSelector, at now: Timestamp) -> Int {
        let rows = unrevoked(selector)
        for row in rows {
            state.links[row].revokedAt = now
            state.snapshots[state.links[row].id] = nil
        }
        return rows.count
    }

    func add(_ opens: LinkOpens, to link: LinkID) {
        guard let row = state.links.firstIndex(where: { $0.id == link }) else { return }
        state.links[row].opens = state.links[row].opens + opens
    }

    func remember(_ issue: IdempotentIssue, under key: IdempotencyKey, at now: Timestamp) { state.issues[key] = (issue, now) }
    func forgetIssues(before: Timestamp) { state.issues = state.issues.filter { $0.value.at >= before } }

    func remember(_ key: KnownKey) {
        if !state.keys.contains(where: { $0.fingerprint == key.fingerprint }) { state.keys.append(key) }
    }

    func markRetired(_ key: LinkKey.Fingerprint, at now: Timestamp) throws(ShareError) {
        guard let index = state.keys.firstIndex(where: { $0.fingerprint == key }) else { throw .keyNotFound }
        let known = state.keys[index]
        state.keys[index] = KnownKey(
            fingerprint: key,
            slot: known.slot,
            firstSeen: known.firstSeen,
            retiredAt: known.retiredAt ?? now
        )
    }

    func append(_ entry: AuditEntry) {
        let sequence = Int64(state.audit.count + 1)
        let code = StoreRule.auditChain.code(after: state.audit.last?.code ?? .start, sequence: sequence, entry: entry)
        state.audit.append(AuditRecord(sequence: sequence, entry: entry, code: code))
    }

    private func unrevoked(_ selector: LinkSelector) -> [Int] {
        state.links.indices.filter { state.links[$0].revokedAt == nil && selector.names(state.links[$0]) }
    }
}
