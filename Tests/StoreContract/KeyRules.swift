// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

extension StoreRule {
    static let keys = [
        StoreRule("a store remembers the first ring and takes new keys beside a known one") { shop in
            let first = TestShop.ring([TestShop.key(0, state: .signing)])
            #expect(try await shop.store.admit(first, at: TestShop.start).keys.count == 1)
            let second = TestShop.ring([TestShop.key(0, state: .signing), TestShop.key(1, state: .verifying)])
            _ = try await shop.store.admit(second, at: TestShop.start + 1)
            let known = try await shop.knownKeys()
            #expect(known.map(\.fingerprint) == second.keys.map(\.fingerprint))
            #expect(known.map(\.slot.rawValue) == [0, 1])
            #expect(known.map(\.firstSeen) == [TestShop.start, TestShop.start + 1])
        },
        StoreRule("a stranger's ring is refused and not remembered") { shop in
            _ = try await shop.store.admit(TestShop.ring([TestShop.key(0, state: .signing)]), at: TestShop.start)
            let known = try await shop.knownKeys()
            await #expect(throws: KeyRefusal.strangersKeys(known: known.map(\.fingerprint.text))) {
                try await shop.store.admit(TestShop.ring([TestShop.key(0, state: .signing, secret: 99)]), at: TestShop.start)
            }
            #expect(try await shop.knownKeys() == known)
        },
        StoreRule("a retired key is dead for good, with its links") { shop in
            let old = TestShop.key(1, state: .signing)
            _ = try await shop.store.admit(TestShop.ring([old]), at: TestShop.start)
            let keys = LiveKeys(TestShop.ring([old]))
            let before = TestShop(store: shop.store, keys: keys)
            try await before.push()
            let link = try await before.issue()
            try await before.issue(.external.lasting(seconds: 1))
            let both = TestShop.ring([TestShop.key(0, state: .signing), TestShop.key(1, state: .verifying)])
            let after = TestShop(store: shop.store, keys: LiveKeys(try await shop.store.admit(both, at: TestShop.start)))
            let newer = try await after.issue()
            let now = TestShop.start + 60
            #expect(try await after.administration.keyReports(for: TestShop.admin, at: now).map(\.liveLinks) == [1, 1])
            let retire = { (expected: Int) async throws(ShareError) in
                try await after.administration.retireKey(in: old.slot, expected: expected, by: TestShop.admin, reason: nil, at: now)
            }
            await #expect(throws: ShareError.countDiffers(now: 1)) { try await retire(0) }
            #expect(try await after.open(link, at: now).link == link)
            #expect(try await retire(1) == 1)
            await #expect(throws: ShareError.linkNotFound) { try await before.open(newer, at: now) }
            await #expect(throws: ShareError.linkGone) { try await before.open(link, at: now) }
            #expect(try await after.open(newer, at: now).link == newer)
            #expect(try await shop.store.admit(both, at: now).keys.map(\.slot.rawValue) == [0])
            let revived = TestShop.ring([TestShop.key(0, state: .verifying), old])
            await #expect(throws: KeyRefusal.signingKeyRetired(old.slot)) { try await shop.store.admit(revived, at: now) }
            try await shop.store.write(.ordinary) { store throws(ShareError) in
                try store.remember(KnownKey(fingerprint: old.fingerprint, slot: old.slot, firstSeen: now))
                try store.markRetired(old.fingerprint, at: now + 1)
            }
            #expect(try await shop.knownKeys().filter { $0.retiredAt == now }.map(\.fingerprint) == [old.fingerprint])
        },
        StoreRule("a retired key vouches for no stranger's ring, and a refused ring leaves nothing behind") { shop in
            let retired = TestShop.key(1, state: .verifying)
            let ours = TestShop.ring([TestShop.key(0, state: .signing), retired])
            _ = try await shop.store.admit(ours, at: TestShop.start)
            try await shop.store.write(.ordinary) { store throws(ShareError) in
                try store.markRetired(retired.fingerprint, at: TestShop.start)
            }
            let known = try await shop.knownKeys()
            let theirs = TestShop.ring([TestShop.key(0, state: .signing, secret: 99), retired])
            await #expect(throws: KeyRefusal.strangersKeys(known: [ours.signing.fingerprint.text])) {
                try await shop.store.admit(theirs, at: TestShop.start)
            }
            #expect(try await shop.knownKeys() == known)
        },
        StoreRule("administration is for administrators") { shop in
            try await shop.push()
            let link = try await shop.issue()
            let service = ServiceAccount(name: "storefront", scopes: Set(Scope.allCases).subtracting([.admin]))
            let refusal = ShareError.scopeMissing(.admin)
            let office = shop.administration
            let now = TestShop.start
            await #expect(throws: refusal) { try await office.revoke(link.id, by: service, reason: nil, at: now) }
            await #expect(throws: refusal) { try await office.setPaused(true, link.id, by: service, reason: nil, at: now) }
            await #expect(throws: refusal) { try await office.keyReports(for: service, at: now) }
            await #expect(throws: refusal) { try await office.inspect("x", by: service, at: now) }
            await #expect(throws: refusal) { try await office.audit(for: service, matching: AuditQuery(), after: 0, limit: 1) }
            await #expect(throws: refusal) {
                try await office.retireKey(in: KeySlot.allCases[1], expected: 0, by: service, reason: nil, at: now)
            }
            await #expect(throws: refusal) {
                try await office.revokeAll(.all, expected: 9, isDryRun: false, by: service, reason: "no", at: now)
            }
            #expect(try await shop.stored(link.id) == link)
        },
        StoreRule("a key that nobody admitted can't be marked retired") { shop in
            await #expect(throws: ShareError.keyNotFound) {
                try await shop.store.write(.takingAway) { store throws(ShareError) in
                    try store.markRetired(TestShop.key(3, state: .signing).fingerprint, at: TestShop.start)
                }
            }
        },
    ]
}

extension TestShop {
    fileprivate func knownKeys() async throws(ShareError) -> [KnownKey] {
        try await store.read { view throws(ShareError) in try view.knownKeys() }
    }
}
