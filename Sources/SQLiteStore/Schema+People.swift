// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // Links from before this step count as older than any decision of an owner: they raise nobody whom he lowered since.
    // A title is NULL for none, an empty blob for the owner's word, else the link's id.
    static let peopleStep = """
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
