// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension TestShop {
    /// The webhook that hears everything.
    package static let listener = StoreRule.webhooks[0].id
    /// The webhook that hears of revoked links alone.
    package static let guardian = StoreRule.webhooks[1].id

    /// The messages that may be sent to a webhook at `now`.
    package func due(_ webhook: WebhookID = listener, at now: Timestamp = .endOfCalendar) async throws(ShareError) -> [WaitingMessage] {
        try await store.read { view throws(ShareError) in try view.outbox(of: webhook, at: now, limit: 1000).due }
    }

    func waiting(_ webhook: WebhookID = listener) async throws(ShareError) -> Int {
        try await store.read { view throws(ShareError) in try view.outbox(of: webhook, at: .endOfCalendar, limit: 1).waiting }
    }

    func settle(_ waiting: WaitingMessage, as settlement: Settlement) async throws(ShareError) {
        try await store.write(.takingAway) { store throws(ShareError) in try store.settle(waiting, as: settlement) }
    }

    /// Takes everything that waits for a webhook as delivered, and answers it in the order in which it was due.
    @discardableResult
    package func deliverAll(to webhook: WebhookID = listener, at now: Timestamp = start) async throws(ShareError) -> [Message] {
        var delivered: [Message] = []
        while true {
            let due = try await due(webhook)
            guard !due.isEmpty else { return delivered }
            for waiting in due {
                try await settle(waiting, as: .delivered(at: now))
                delivered.append(waiting.message)
            }
        }
    }

    /// Makes the messages of the next links of a mass revocation; answers how many.
    func tellRevoked(_ webhook: WebhookID = listener, limit: Int) async throws(ShareError) -> Int? {
        try await store.write(.ordinary) { store throws(ShareError) in
            guard let (revocation, page) = try store.nextRevoked(for: webhook, limit: limit) else { return nil }
            for link in page.links { try store.queue(Message(.revoked(link, at: revocation.at), to: webhook)) }
            try store.advanceRevocation(for: webhook, to: page.next)
            return page.links.count
        }
    }

    func webhookState(_ webhook: WebhookID = listener) async throws(ShareError) -> WebhookState? {
        try await store.read { view throws(ShareError) in try view.webhookStates().first { $0.webhook == webhook } }
    }

    func deadLetters(
        of webhook: WebhookID? = nil,
        before: Int64? = nil,
        limit: Int = 99
    ) async throws(ShareError) -> [DeadLetter] {
        try await administration.deadLetters(for: Self.admin, of: webhook, before: before, limit: limit)
    }
}

extension StoreView {
    /// What every look-up of the outbox answers, as texts to compare; the numbers of rows are each store's own.
    func everythingOfTheOutbox(at now: Timestamp) throws(ShareError) -> [String] {
        var texts: [String] = []
        for webhook in StoreRule.webhooks.map(\.id) {
            for moment in [now, .endOfCalendar] {
                let look = try outbox(of: webhook, at: moment, limit: 999)
                texts += look.due.map { "\($0.message) \($0.attempts)" }
                texts.append("\(look.waiting) \(look.hasMassRevocation) \(String(describing: look.nextDue))")
            }
            texts += try deadLetters(of: webhook, before: nil, limit: 99).map { "\($0.message) \($0.attempts) \($0.diedAt) \($0.fault)" }
            let next = try nextRevoked(for: webhook, limit: 2)
            texts.append("\(String(describing: next?.revocation)) \(next?.page.links.map(\.id) ?? [])")
        }
        // Which message is the oldest goes by its place, and is about right.
        texts += try webhookStates().map {
            "\($0.webhook) \($0.waiting) \($0.deadLetters) \($0.lastSuccessAt as Any) \($0.lastFailure as Any)"
        }
        return texts
    }
}
