// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logins
import Redaction
import SQLiteStore
import ShareLinks
import Synchronization

@testable import CartlinkServer

/// A shop on real parts: a store in memory, the shipped policies, logins of an HS256 issuer, and a clock that stands still.
struct TestShop: Sendable {
    let store: SQLiteStore
    let sharing: Sharing
    var server: CartlinkServer
    let chain: AuditChain
    let clock: SettableClock
    let readiness: Readiness

    static let publicURL = "http://links.shop.example"

    init(
        cookie: String? = nil,
        badTokensPerMinute: Int = 300,
        rules: SharingRules = SharingRules(),
        shop: Shop = .demo,
        origins: Set<Origin> = []
    ) async throws {
        let clock = SettableClock()
        let chain = AuditChain(key: [UInt8](1...32))!
        let store = try SQLiteStore.inMemory(auditChain: chain)
        let ring = try KeyRing(Self.keys, realm: Realm(tenant: "tests", host: "links.shop.example")!)
        let keys = LiveKeys(try await store.admit(ring, at: clock.now))
        let sharing = Sharing(store: store, keys: keys, rules: rules)
        let readiness = Readiness()
        server = CartlinkServer(
            sharing: sharing,
            authenticator: try Self.authenticator(cookie: cookie),
            projections: Projections(policies: try Self.policies.get(), linkHosts: shop.hosts)!,
            settings: ServerSettings(
                publicAddress: .init(host: "127.0.0.1", port: 8080),
                adminAddress: .init(host: "127.0.0.1", port: 8081),
                publicURL: Self.publicURL,
                connections: 16,
                badTokens: BadTokenLimiter(perMinute: badTokensPerMinute, trustedProxies: []),
                pages: try SharePages(shop: shop, publicURL: Self.publicURL),
                origins: origins
            ),
            readiness: readiness,
            renderMetrics: { "cartlink_up 1\n" },
            now: { clock.now }
        )
        self.store = store
        self.sharing = sharing
        self.chain = chain
        self.clock = clock
        self.readiness = readiness
    }

    static func authenticator(cookie: String? = nil) throws -> Authenticator {
        Authenticator(
            logins: try LoginVerifier(issuers: [try TestLogins.issuer()]),
            services: try ServiceKeys(Services.all.map { ($0.account.name, $0.account, ServiceKey.hash(of: $0.key)) }),
            cookie: cookie,
            ownOrigin: publicURL
        )
    }

    /// Slot 0 signs; slot 1 only verifies, so it can be retired.
    private static let keys = [
        LinkKey(slot: KeySlot(rawValue: 0)!, secret: [UInt8](1...32), created: SettableClock.start, state: .signing)!,
        LinkKey(slot: KeySlot(rawValue: 1)!, secret: [UInt8](33...64), created: SettableClock.start, state: .verifying)!,
    ]

    private static let policies = Result {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        var policies: [CartFormat: Policy] = [:]
        for format in CartFormat.allCases {
            let file = repository.appendingPathComponent("config/policies/\(format.rawValue).policy")
            let text = try String(contentsOf: file, encoding: .utf8)
            policies[format] = try Policy(name: format.rawValue, file: file.lastPathComponent, text: text)
        }
        return policies
    }
}

/// A clock that moves only when a test says so.
final class SettableClock: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    private let time = Mutex(start)

    var now: Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64) {
        time.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

extension Shop {
    static let demo = Shop(
        name: "Demo shop",
        url: "https://shop.example",
        openURL: "https://shop.example/cart#share={token}",
        loginURL: "https://shop.example/login?return={url}",
        hosts: ["cdn.shop.example"]
    )
}
