// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let outbox = [
        StoreRule("messages of one thread are due one after the other, and those of others beside them") { shop in
            try await shop.push()
            try await shop.deliverAll()
            let (one, two) = (try await shop.issue(at: TestShop.start + 1), try await shop.issue(at: TestShop.start + 2))
            try await shop.revoke(one, at: TestShop.start + 3)
            let due = try await shop.due(at: TestShop.start + 2)
            #expect(due.map(\.message.link) == [one.id, two.id] && due.map(\.attempts) == [0, 0])
            #expect(try await shop.due(at: TestShop.start + 1).map(\.message.link) == [one.id])
            let later = TestShop.start + 10
            try await shop.settle(due[0], as: .failed(.answered(500), at: TestShop.start + 4, dueAt: later))
            #expect(try await shop.due(at: TestShop.start + 9).map(\.message.link) == [two.id])
            let again = try await shop.due(at: later)
            #expect(again.map(\.message.id) == [due[1].message.id, due[0].message.id] && again[1].attempts == 1)
            let look = try await shop.store.read { view throws(ShareError) in
                try view.outbox(of: TestShop.listener, at: later + -1, limit: 9)
            }
            #expect(look.nextDue == later && look.waiting == 3 && !look.hasMassRevocation)
            try await shop.settle(again[1], as: .delivered(at: later))
            #expect(Set(try await shop.due(at: later).map(\.message.kind)) == [.linkCreated, .linkRevoked])
            let state = try #require(try await shop.webhookState())
            #expect(state.waiting == 2 && state.deadLetters == 0 && state.lastSuccessAt == later)
            #expect(state.lastFailure == .init(at: TestShop.start + 4, fault: .answered(500)))
        },
        StoreRule("the newest of a cart's changes stands for those that nobody has tried to send") { shop in
            try await shop.push(document: "1")
            try await shop.push(document: "2")
            let second = try #require(try await shop.due().first)
            #expect(try await shop.waiting() == 1)
            try await shop.settle(second, as: .failed(.noAnswer, at: TestShop.start, dueAt: TestShop.start + 1))
            try await shop.push(document: "3")
            let fourth = try await shop.push(document: "4")
            #expect(try await shop.waiting() == 2)
            #expect(try await shop.due().map(\.message.id) == [second.message.id])
            try await shop.settle(second, as: .delivered(at: TestShop.start))
            #expect(try await shop.deliverAll().map { $0.body.contains("\"version\":\(fourth.version)") } == [true])
        },
        StoreRule("what came of a message that was replaced meanwhile touches no other") { shop in
            try await shop.push(document: "1")
            let first = try #require(try await shop.due().first)
            try await shop.push(document: "2")
            for settlement in [
                Settlement.failed(.refused, at: TestShop.start, dueAt: TestShop.start + 99), .died(.refused, at: TestShop.start),
                .delivered(at: TestShop.start),
            ] {
                try await shop.settle(first, as: settlement)
                let due = try await shop.due(at: TestShop.start)
                #expect(due.count == 1 && due.first?.attempts == 0 && due.first?.message.id != first.message.id)
            }
            #expect(try await shop.deadLetters().isEmpty)
        },
        StoreRule("a message that dies lets the next of its thread go, and is sent again when an administrator says so") { shop in
            try await shop.push()
            try await shop.deliverAll()
            let link = try await shop.issue()
            try await shop.revoke(link)
            let created = try #require(try await shop.due().first)
            try await shop.settle(created, as: .died(.gone, at: TestShop.start + 5))
            #expect(try await shop.due(at: TestShop.start + 5).map(\.message.kind) == [.linkRevoked])
            let letter = try #require(try await shop.deadLetters().first)
            #expect(letter.message == created.message && letter.attempts == 1)
            #expect(letter.diedAt == TestShop.start + 5 && letter.fault == .gone)
            #expect(try await shop.webhookState()?.waiting == 1)
            #expect(try await shop.webhookState()?.deadLetters == 1)

            let office = shop.administration
            let service = ServiceAccount(name: "storefront", scopes: Set(Scope.allCases).subtracting([.admin]))
            await #expect(throws: ShareError.scopeMissing(.admin)) {
                try await office.retryDeadLetter(created.message.id, by: service, at: TestShop.start)
            }
            await #expect(throws: ShareError.scopeMissing(.admin)) { try await office.webhooks(for: service) }
            await #expect(throws: ShareError.scopeMissing(.admin)) {
                try await office.deadLetters(for: service, of: nil, before: nil, limit: 1)
            }
            for unknown in ["msg_x", try await shop.due()[0].message.id] {
                await #expect(throws: ShareError.deadLetterNotFound) {
                    try await office.retryDeadLetter(unknown, by: TestShop.admin, at: TestShop.start)
                }
            }
            try await office.retryDeadLetter(created.message.id, by: TestShop.admin, at: TestShop.start + 6)
            #expect(try await shop.deadLetters().isEmpty)
            // Behind what waits of its thread.
            #expect(try await shop.deliverAll().map(\.kind) == [.linkRevoked, .linkCreated])
            let entry = try #require(try await shop.audit().last?.entry)
            #expect(entry.action == .webhookRetried && entry.link == link.id && entry.actor == "admin:ops")
        },
        StoreRule("dead letters are listed by webhook and in pages, the last queued first") { shop in
            try await shop.push()
            try await shop.deliverAll()
            var links: [Link] = []
            for _ in 0..<3 { links.append(try await shop.issue()) }
            for webhook in [TestShop.listener, TestShop.guardian] {
                for link in links where webhook == TestShop.guardian { try await shop.revoke(link) }
                for waiting in try await shop.due(webhook) { try await shop.settle(waiting, as: .died(.noAnswer, at: TestShop.start)) }
            }
            let all = try await shop.deadLetters(of: TestShop.listener)
            #expect(all.map(\.message.link) == links.reversed().map(\.id))
            let first = try await shop.deadLetters(of: TestShop.listener, limit: 2)
            #expect(first == Array(all.prefix(2)))
            #expect(try await shop.deadLetters(of: TestShop.listener, before: first[1].row, limit: 2) == Array(all.suffix(1)))
            #expect(try await shop.deadLetters().count == 6)
            #expect(try await shop.deadLetters(of: WebhookID("000000000000")).isEmpty)
        },
        StoreRule("many links that one change revoked are told page by page, each once") { shop in
            try await shop.push("cart-1")
            try await shop.push("cart-2", owner: TestShop.ben)
            try await shop.deliverAll()
            var links: [Link] = []
            for _ in 0..<5 { links.append(try await shop.issue()) }
            let other = try await shop.issue(to: "cart-2", by: TestShop.ben)
            let earlier = try await shop.issue()
            let now = TestShop.start + 9
            try await shop.revoke(earlier, at: now + -1)
            // Of the same moment, and not by the same change.
            try await shop.revoke(other, by: TestShop.ben, at: now)
            try await shop.deliverAll()
            try await shop.deliverAll(to: TestShop.guardian)
            let done = try await shop.administration.revokeAll(
                .cart(CartID("cart-1")!),
                expected: 5,
                isDryRun: false,
                by: TestShop.admin,
                reason: "x",
                at: now
            )
            #expect(done.revoked == 5)
            let look = try await shop.store.read { view throws(ShareError) in
                try view.outbox(of: TestShop.listener, at: .endOfCalendar, limit: 9)
            }
            #expect(look.due.isEmpty && look.waiting == 0 && look.hasMassRevocation)
            var told: [Message] = []
            for count in [2, 2, 1, nil] {
                #expect(try await shop.tellRevoked(limit: 2) == count)
                told += try await shop.deliverAll()
            }
            #expect(told.map(\.link) == links.reversed().map(\.id) && told.allSatisfy { $0.createdAt == now && $0.kind == .linkRevoked })
            #expect(try await shop.tellRevoked(TestShop.guardian, limit: 9) == 5)
        },
        StoreRule("a mass revocation that hits nothing tells nothing") { shop in
            try await shop.push()
            _ = try await shop.administration.revokeAll(
                .all,
                expected: 0,
                isDryRun: false,
                by: TestShop.admin,
                reason: "x",
                at: TestShop.start
            )
            #expect(try await shop.tellRevoked(limit: 1) == nil)
        },
        StoreRule("a webhook that is gone is forgotten with all that waits for it") { shop in
            try await shop.push()
            for _ in 0..<5 { try await shop.issue() }
            _ = try await shop.administration.revokeAll(
                .all,
                expected: 5,
                isDryRun: false,
                by: TestShop.admin,
                reason: "x",
                at: TestShop.start
            )
            try await shop.settle(try await shop.due()[0], as: .died(.gone, at: TestShop.start))
            var isLeft = true
            while isLeft {
                isLeft = try await shop.store.write(.takingAway) { store throws(ShareError) in
                    try store.forget(TestShop.listener, limit: 4)
                }
            }
            #expect(try await shop.webhookState() == nil)
            #expect(try await shop.deadLetters().isEmpty)
            #expect(try await shop.waiting() == 0)
            #expect(try await shop.tellRevoked(limit: 9) == nil)
            #expect(try await shop.tellRevoked(TestShop.guardian, limit: 9) == 5)
        },
    ]
}
