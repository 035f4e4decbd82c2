// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// One step of a delivery: an attempt's outcome, the next page of a mass revocation, a dead letter that is sent again.
enum OutboxStep: Sendable {
    case settle(WebhookID, Int, Outcome)
    case tellRevoked(WebhookID, Int)
    case retry(Int)
    case forget(WebhookID)

    enum Outcome: Sendable, CaseIterable {
        case delivered, failed, died
    }

    init(using random: inout some RandomNumberGenerator) {
        let webhook = StoreRule.webhooks.randomElement(using: &random)!.id
        let number = Int.random(in: 0..<4, using: &random)
        switch Int.random(in: 0..<40, using: &random) {
        case 0..<28: self = .settle(webhook, number, Outcome.allCases.randomElement(using: &random)!)
        case 28..<36: self = .tellRevoked(webhook, number + 1)
        case 36..<39: self = .retry(number)
        default: self = .forget(webhook)
        }
    }

    func run(on shop: TestShop, at now: Timestamp) async throws(ShareError) -> String {
        switch self {
        case .settle(let webhook, let number, let outcome):
            let due = try await shop.due(webhook, at: now)
            guard number < due.count else { return "none" }
            let settlement: Settlement =
                switch outcome {
                case .delivered: .delivered(at: now)
                case .failed: .failed(.answered(500), at: now, dueAt: now + 30)
                case .died: .died(.noAnswer, at: now)
                }
            try await shop.settle(due[number], as: settlement)
            return "\(due[number].message) \(outcome)"
        case .tellRevoked(let webhook, let limit): return "\(try await shop.tellRevoked(webhook, limit: limit) as Any)"
        case .retry(let number):
            let letters = try await shop.deadLetters()
            guard number < letters.count else { return "none" }
            let id = letters[number].message.id
            try await shop.administration.retryDeadLetter(id, by: TestShop.admin, at: now)
            return id
        case .forget(let webhook):
            return "\(try await shop.store.write(.takingAway) { store throws(ShareError) in try store.forget(webhook, limit: 10_000) })"
        }
    }
}
