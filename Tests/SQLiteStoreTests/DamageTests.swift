// SPDX-License-Identifier: Apache-2.0

import SQLiteStore
import SeededRandomness
import ShareLinks
import StoreContract
import Testing

/// What becomes of a database file that something else wrote to.
@Suite struct DamageTests {
    enum Harm: String, CaseIterable, Sendable {
        case flippedByte, zeroedPage, swappedPages, truncated

        func apply(to bytes: inout [UInt8], using random: inout SeededGenerator) {
            let pages = bytes.count / 4096
            let page = Int.random(in: 0..<pages, using: &random)
            switch self {
            case .flippedByte: bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            case .zeroedPage: bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: [UInt8](repeating: 0, count: 4096))
            case .swappedPages:
                let other = (page + 1) % pages
                for place in 0..<4096 { bytes.swapAt(page * 4096 + place, other * 4096 + place) }
            case .truncated: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            }
        }
    }

    @Test(arguments: Harm.allCases)
    func damagedFileIsRefusedOrServesNoDeadLink(_ harm: Harm) async throws {
        try await TemporaryFolder.use { parent in
            let folder = try await closedStore(in: parent + "/data")
            let whole = try folder.bytes()
            let before = try await links(in: folder)
            var random = SeededGenerator(seed: 51)
            var refusals = 0
            for _ in 0..<40 {
                var bytes = whole
                harm.apply(to: &bytes, using: &random)
                for end in ["cartlink.sqlite-wal", "cartlink.sqlite-shm", "cartlink.lock"] where folder.exists(end) {
                    try folder.remove(end)
                }
                try folder.write(bytes)
                guard let store = try? SQLiteStore.opened(in: folder.folder) else {
                    refusals += 1
                    continue
                }
                for link in before where link.revokedAt != nil {
                    guard let found = try? await TestShop(store: store).stored(link.id) else { continue }
                    #expect(found.revokedAt != nil)
                }
            }
            if harm == .zeroedPage || harm == .truncated { #expect(refusals == 40) }
        }
    }

    @Test func damagedFileIsNamedAsSuch() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try await closedStore(in: parent + "/data")
            var bytes = try folder.bytes()
            bytes.replaceSubrange(4096..<8192, with: [UInt8](repeating: 0xFF, count: 4096))
            try folder.write(bytes)
            #expect(throws: StoreRefusal.damaged(file: folder.database)) { try SQLiteStore.opened(in: folder.folder) }
        }
    }

    private func links(in folder: StoreFiles) async throws -> [Link] {
        let store = try SQLiteStore.opened(in: folder.folder)
        let page = try await TestShop(store: store).administration.links(
            for: TestShop.admin,
            matching: LinkQuery(),
            after: nil,
            limit: 99,
            at: TestShop.start
        )
        try await store.close()
        return page.links
    }
}
