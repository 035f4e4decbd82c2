// SPDX-License-Identifier: Apache-2.0

import ShareLinks

struct ModelMessage {
    let row: Int64
    let message: Message
    var attempts = 0
    var dueAt: Timestamp
    var death: (at: Timestamp, fault: DeliveryFault)?
}

extension ModelTransaction {
    var webhooks: [Webhook] { StoreRule.webhooks }

    private func living(_ webhook: WebhookID) -> [ModelMessage] {
        state.outbox.filter { $0.message.webhook == webhook && $0.death == nil }
    }

    func outbox(of webhook: WebhookID, at now: Timestamp, limit: Int) -> OutboxLook {
        let living = living(webhook)
        let heads = living.filter { one in !living.contains { $0.message.thread == one.message.thread && $0.row < one.row } }
        var look = OutboxLook()
        look.due = heads.filter { $0.dueAt <= now }.sorted { ($0.dueAt, $0.row) < ($1.dueAt, $1.row) }.prefix(limit).map {
            WaitingMessage(row: $0.row, message: $0.message, attempts: $0.attempts)
        }
        look.nextDue = heads.filter { $0.dueAt > now }.map(\.dueAt).min()
        look.waiting = living.count
        look.hasMassRevocation = state.masses.contains { $0.revocation.webhook == webhook }
        return look
    }

    func webhookStates() -> [WebhookState] {
        state.webhookStates.sorted { $0.key.text < $1.key.text }.map { webhook, times in
            let living = living(webhook)
            return WebhookState(
                webhook: webhook,
                waiting: living.count,
                deadLetters: state.outbox.count { $0.message.webhook == webhook && $0.death != nil },
                oldestWaitingAt: living.first?.message.createdAt,
                lastSuccessAt: times.success,
                lastFailure: times.failure
            )
        }
    }

    func deadLetters(of webhook: WebhookID?, before: Int64?, limit: Int) -> [DeadLetter] {
        let dead = state.outbox.reversed().filter { webhook == nil || $0.message.webhook == webhook }.compactMap(\.letter)
        return Array(dead.filter { $0.row < before ?? .max }.prefix(limit))
    }

    func deadLetter(_ id: String) -> DeadLetter? { state.outbox.filter { $0.message.id == id }.compactMap(\.letter).first }

    func nextRevoked(for webhook: WebhookID, limit: Int) -> (revocation: MassRevocation, page: LinkPage)? {
        guard let mass = state.masses.first(where: { $0.revocation.webhook == webhook }) else { return nil }
        let rows = state.links.enumerated().reversed().filter { row, link in
            Int64(row) < mass.cursor?.row ?? .max && link.revokedAt == mass.revocation.at && mass.revocation.selector.names(link)
        }
        let next = rows.count > limit ? rows.prefix(limit).last.map { LinkCursor(row: Int64($0.offset)) } : nil
        return (mass.revocation, LinkPage(links: rows.prefix(limit).map(\.element), next: next))
    }

    func queue(_ message: Message) {
        let count = living(message.webhook).count
        let before = head(of: message).map { state.outbox[$0].row }
        state.outbox.removeAll {
            $0.isLiving(in: message) && $0.message.kind == message.kind && $0.message.isReplaceable && $0.attempts == 0
        }
        let hasReplaced = living(message.webhook).count < count
        guard hasReplaced || count < OutboxLimits.waiting || message.kind == .linkRevoked else { return }
        if let heir = head(of: message), state.outbox[heir].row != before { state.outbox[heir].dueAt = message.createdAt }
        insert(message)
    }

    /// The place of what is next in the thread of `message`.
    private func head(of message: Message) -> Int? { state.outbox.firstIndex { $0.isLiving(in: message) } }

    private func insert(_ message: Message) {
        state.lastMessage += 1
        state.outbox.append(ModelMessage(row: state.lastMessage, message: message, dueAt: message.createdAt))
        if state.webhookStates[message.webhook] == nil { state.webhookStates[message.webhook] = (nil, nil) }
    }

    func queue(_ revocation: MassRevocation) {
        state.masses.append((revocation, nil))
        if state.webhookStates[revocation.webhook] == nil { state.webhookStates[revocation.webhook] = (nil, nil) }
    }

    func advanceRevocation(for webhook: WebhookID, to cursor: LinkCursor?) {
        guard let place = state.masses.firstIndex(where: { $0.revocation.webhook == webhook }) else { return }
        if let cursor { state.masses[place].cursor = cursor } else { state.masses.remove(at: place) }
    }

    func settle(_ waiting: WaitingMessage, as settlement: Settlement) {
        let message = waiting.message
        let place = state.outbox.firstIndex { $0.row == waiting.row && $0.message.id == message.id }
        let next: Timestamp
        switch settlement {
        case .delivered(let now):
            next = now
            state.webhookStates[message.webhook]?.success = now
            if let place { state.outbox.remove(at: place) }
        case .failed(let fault, let now, let dueAt):
            state.webhookStates[message.webhook]?.failure = .init(at: now, fault: fault)
            if let place { (state.outbox[place].attempts, state.outbox[place].dueAt) = (waiting.attempts + 1, dueAt) }
            return
        case .died(let fault, let now):
            next = now
            state.webhookStates[message.webhook]?.failure = .init(at: now, fault: fault)
            if let place { (state.outbox[place].attempts, state.outbox[place].death) = (waiting.attempts + 1, (now, fault)) }
        }
        guard place != nil else { return }
        if let heir = head(of: message) { state.outbox[heir].dueAt = next }
    }

    func revive(_ letter: DeadLetter) {
        state.outbox.removeAll { $0.row == letter.row && $0.message.id == letter.message.id }
        insert(letter.message)
    }

    func forget(_ webhook: WebhookID, limit: Int) -> Bool {
        state.masses.removeAll { $0.revocation.webhook == webhook }
        state.outbox.removeAll { $0.message.webhook == webhook }
        state.webhookStates[webhook] = nil
        return false
    }
}

extension ModelMessage {
    fileprivate func isLiving(in other: Message) -> Bool {
        message.webhook == other.webhook && message.thread == other.thread && death == nil
    }

    fileprivate var letter: DeadLetter? {
        death.map { DeadLetter(row: row, message: message, attempts: attempts, diedAt: $0.at, fault: $0.fault) }
    }
}
