// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import SQLiteStore
import ShareLinks
import StoreContract
import Testing

/// Stores that the second version wrote: people, and neither snapshots nor counts.
@Suite struct SecondVersionTests {
    @Test func itsLinksPinNothingAndWereNeverCounted() async throws {
        try await TemporaryFolder.use { folder in
            try SecondVersion.write(in: folder)
            let store = try SQLiteStore.opened(in: folder)
            #expect(store.facts.schemaVersion == 3)
            let shop = TestShop(store: store)
            let link = try #require(try await shop.stored(FirstVersion.link))
            #expect(link.card == .neutral && !link.isSnapshot && link.opens == LinkOpens(people: 0, robots: 0, lastAt: nil))
            #expect(link.accepts == 1 && link.maxAccepts == 4)
            #expect(try await shop.standing(of: TestShop.dora) == .fullGrant)

            let opens = LinkOpens(people: 2, robots: 3, lastAt: TestShop.start)
            #expect(try await shop.count(opens, of: link).opens == opens)
            let pinning = try await shop.issue(.snapshot, by: TestShop.carla)
            #expect(pinning.isSnapshot)
            try await shop.revoke(link, by: TestShop.carla)
            try await store.close()

            let again = TestShop(store: try SQLiteStore.opened(in: folder))
            #expect(try await again.stored(FirstVersion.link)?.opens == opens)
            #expect(try await again.stored(pinning.id) == pinning)
        }
    }
}

/// A data folder as the second version left it: that of the first, in which dora accepted carla's link.
private enum SecondVersion {
    static func write(in folder: String) throws {
        try FirstVersion.write(in: folder)
        let database = try DatabaseQueue(path: folder + "/cartlink.sqlite")
        let start = TestShop.start.milliseconds
        try database.writeWithoutTransaction { database in
            try database.execute(sql: step)
            try database.execute(
                sql: """
                    INSERT INTO cartGrant VALUES (1, 'grant-1', 'cart-1', 5, 'company-user:cu-dora', ?, NULL, \
                    x'01020304050607081112131415161718', 'acme', NULL, NULL, 0);
                    UPDATE link SET accepts = 1, maxAccepts = 4;
                    PRAGMA user_version = 2;
                    """,
                arguments: [start]
            )
        }
        try database.close()
    }

    /// What the second version added, word for word.
    private static let step = """
        ALTER TABLE cart ADD COLUMN unconfirmed TEXT NOT NULL DEFAULT '';
        ALTER TABLE link ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE link ADD COLUMN maxAccepts INTEGER;
        ALTER TABLE link ADD COLUMN allowsTakeOver INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE link ADD COLUMN accepts INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX cartByCompanyUser ON cart (ownerCompanyUser) WHERE ownerCompanyUser IS NOT NULL;
        CREATE INDEX cartByCompany ON cart (ownerCompany) WHERE ownerCompany IS NOT NULL;

        CREATE TABLE companyUser (
            id TEXT NOT NULL PRIMARY KEY,
            user TEXT,
            company TEXT,
            unit TEXT,
            status TEXT NOT NULL,
            source TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX companyUserByUser ON companyUser (user);
        CREATE INDEX companyUserByCompany ON companyUser (company, status, id);

        CREATE TABLE cartGrant (
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            cart TEXT NOT NULL,
            incarnation INTEGER NOT NULL,
            holder TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            readOnlyTitle BLOB,
            fullTitle BLOB,
            company TEXT,
            decidedAt INTEGER,
            withdrawnAt INTEGER,
            isLeft INTEGER NOT NULL DEFAULT 0,
            UNIQUE (cart, incarnation, holder)
        ) STRICT;
        CREATE INDEX grantByHolder ON cartGrant (holder);
        CREATE INDEX grantByReadOnlyTitle ON cartGrant (readOnlyTitle) WHERE readOnlyTitle IS NOT NULL;
        CREATE INDEX grantByFullTitle ON cartGrant (fullTitle) WHERE fullTitle IS NOT NULL;
        CREATE INDEX grantWithoutTitle ON cartGrant (cart)
            WHERE readOnlyTitle IS NULL AND fullTitle IS NULL AND withdrawnAt IS NULL;

        CREATE TABLE acceptance (
            link BLOB NOT NULL,
            holder TEXT NOT NULL,
            serial INTEGER NOT NULL,
            PRIMARY KEY (link, holder)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE comment (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            cart TEXT NOT NULL,
            incarnation INTEGER NOT NULL,
            author TEXT NOT NULL,
            text TEXT NOT NULL,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX commentByCart ON comment (cart, incarnation);
        """
}
