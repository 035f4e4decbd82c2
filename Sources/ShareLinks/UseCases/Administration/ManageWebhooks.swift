// SPDX-License-Identifier: Apache-2.0

/// A configured webhook with what its outbox holds; the state is nil where it never had anything to hear.
package struct WebhookReport: Sendable {
    package let webhook: Webhook
    package let state: WebhookState?
}

extension Administration {
    /// The configured webhooks, in the order of the configuration.
    package func webhooks(for admin: ServiceAccount) async throws(ShareError) -> [WebhookReport] {
        try admin.require(.administer)
        let states = try await store.read { view throws(ShareError) in try view.webhookStates() }
        return store.webhooks.map { webhook in
            WebhookReport(webhook: webhook, state: states.first { $0.webhook == webhook.id })
        }
    }

    /// Messages that were given up, the last queued first, from below the row `before`.
    package func deadLetters(
        for admin: ServiceAccount,
        of webhook: WebhookID?,
        before: Int64?,
        limit: Int
    ) async throws(ShareError) -> [DeadLetter] {
        try admin.require(.administer)
        return try await store.read { view throws(ShareError) in
            try view.deadLetters(of: webhook, before: before, limit: limit)
        }
    }

    /// Has a message that was given up sent again, as if for the first time.
    package func retryDeadLetter(_ id: String, by admin: ServiceAccount, at now: Timestamp) async throws(ShareError) {
        try admin.require(.administer)
        try await store.write(.ordinary) { store throws(ShareError) in
            guard let letter = try store.deadLetter(id) else { throw .deadLetterNotFound }
            try store.revive(letter)
            try store.record(
                AuditEntry(
                    at: now,
                    actor: admin.adminName,
                    action: .webhookRetried,
                    link: letter.message.link,
                    cart: letter.message.cart,
                    after: "\(letter.message.kind.rawValue) \(id) to webhook \(letter.message.webhook)"
                )
            )
        }
    }
}
