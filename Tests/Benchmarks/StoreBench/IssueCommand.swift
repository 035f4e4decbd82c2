// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import SQLiteStore
import ShareLinks

struct IssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Measures durable issues on a new store in FOLDER.",
        discussion: "With --group-limit 1 each issue has a commit of its own: what grouped commits are compared with."
    )

    @Option(help: "How many changes may share one commit.") var groupLimit = SQLiteStore.standardGroupLimit
    @Option(help: "How many carts the links are spread over.") var carts = 1000
    @OptionGroup var load: Load
    @Argument(help: "A folder that is empty or doesn't exist, on the disk that is to be measured.") var folder: String

    func run() async throws {
        guard SQLiteStore.isNew(folder: folder) else { throw BenchFault("\(folder) holds a store already") }
        guard let chain = AuditChain(key: SecureRandom.bytes(32)) else { throw BenchFault("no key for the audit") }
        let store = try SQLiteStore.open(folder: folder, auditChain: chain, diskReserve: 0, groupLimit: groupLimit)
        let sharing = try Self.sharing(over: store)
        try await pushCarts(through: sharing)
        let before = store.commits
        let answers = try await load.run { [carts] number in
            _ = try await sharing.issue(
                LinkOrder(audience: .external, access: .readOnly),
                to: Self.id(number % carts),
                by: .person(Self.owner(of: number % carts)),
                asShownToGuests: { _, _ in [] },
                at: Self.now()
            )
        }
        print("{\"groupLimit\":\(groupLimit),\"commits\":\(store.commits - before),\(answers.members(of: load))}")
        try await store.close()
    }

    private static func sharing(over store: SQLiteStore) throws -> Sharing {
        guard
            let slot = KeySlot(rawValue: 0),
            let key = LinkKey(slot: slot, secret: SecureRandom.bytes(32), created: now(), state: .signing),
            let realm = Realm(tenant: "bench", host: "links.shop.example")
        else { throw BenchFault("no key for the links") }
        var rules = SharingRules()
        rules.linksPerCart = 1_000_000
        return Sharing(store: store, keys: LiveKeys(try KeyRing([key], realm: realm)), rules: rules)
    }

    private func pushCarts(through sharing: Sharing) async throws {
        try await withThrowingTaskGroup { group in
            for start in 0..<min(256, carts) {
                group.addTask { [carts] in
                    for number in stride(from: start, to: carts, by: 256) { try await Self.push(number, through: sharing) }
                }
            }
            try await group.waitForAll()
        }
    }

    private static let storefront = ServiceAccount(name: "storefront", scopes: [.writeCarts])
    private static let document = Array(
        ("{\"currency\":\"EUR\",\"items\":["
            + (1...6).map { "{\"id\":\"line-\($0)\",\"sku\":\"MUG-\($0)\",\"name\":\"Mug Azure 350 ml\",\"quantity\":2,\"total\":2500}" }
            .joined(separator: ",") + "]}").utf8
    )

    private static func push(_ number: Int, through sharing: Sharing) async throws {
        let push = CartPush(id: id(number), format: .cartlink, owner: owner(of: number), name: nil, document: document)
        _ = try await sharing.push(push, by: storefront, at: now())
    }

    private static func id(_ number: Int) -> CartID { named("cart-\(number)") }
    private static func owner(of number: Int) -> Person { Person(userID: named("user-\(number)")) }

    private static func named<Named>(_ text: String) -> Identifier<Named> {
        guard let id = Identifier<Named>(text) else { preconditionFailure("\(text) is an identifier") }
        return id
    }

    private static func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
