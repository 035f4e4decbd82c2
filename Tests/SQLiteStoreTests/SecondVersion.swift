// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import ShareLinks
import StoreContract

/// A data folder as the second version left it: the first one's cart and link, and grants by the owner's word and by the link.
enum SecondVersion {
    static func write(in folder: String) throws {
        try FirstVersion.write(in: folder)
        let database = try DatabaseQueue(path: folder + "/cartlink.sqlite")
        try database.writeWithoutTransaction { database in
            try database.execute(sql: tables)
            try database.execute(sql: "PRAGMA user_version = 2")
            let start = TestShop.start.milliseconds
            try database.execute(
                sql: """
                    INSERT INTO cartGrant VALUES
                        (1, 'g-1', 'cart-1', 5, 'company-user:cu-dora', ?1, x'', NULL, 'acme', 4, NULL),
                        (2, 'g-2', 'cart-1', 5, 'user:anna', ?1, NULL, x'', NULL, 4, NULL),
                        (3, 'g-3', 'cart-1', 5, 'company-user:cu-eva', ?1, x'', x'01020304050607081112131415161718', 'acme', 4, NULL),
                        (4, 'g-4', 'cart-1', 5, 'company-user:cu-fred', ?1, NULL, NULL, 'acme', 4, ?1);
                    UPDATE link SET accepts = 1, maxAccepts = 4;
                    """,
                arguments: [start]
            )
        }
        try database.close()
    }

    /// What the second version added to the tables, word for word.
    private static let tables = """
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
