// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import SQLiteStore
import ShareLinks
import StoreContract

/// A data folder as the first version left it, with one cart of carla's and one internal link to it.
enum FirstVersion {
    static let link = LinkID(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)

    static func write(in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let database = try DatabaseQueue(path: folder + "/cartlink.sqlite")
        let start = TestShop.start.milliseconds
        let key = TestShop(store: try SQLiteStore.inMemory(auditChain: StoreRule.auditChain)).sharing.keys.ring.signing
        try database.writeWithoutTransaction { database in
            try database.execute(sql: tables)
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(0x434C_6E6B); PRAGMA user_version = 1")
            try database.execute(
                sql: "INSERT INTO cart VALUES ('cart-1', 5, 6, 'cartlink', 'open', 'carla', 'acme', 'paint', 'cu-carla', NULL, ?, ?)",
                arguments: [start, Data(#"{"items":[]}"#.utf8)]
            )
            try database.execute(
                sql: """
                    INSERT INTO link VALUES (1, x'01020304050607081112131415161718', 'cart-1', 5, 'business-unit', NULL, 'paint', 'acme', ?, \
                    'full', NULL, 1, ?, 'carla', 'acme', 'paint', 'cu-carla', NULL, ?, 0, NULL, 0, ?);
                    UPDATE counter SET version = 6;
                    """,
                arguments: [LinkMode.internalFull.rawValue, start, start + 86_400_000, key.fingerprint.text]
            )
        }
        try database.close()
    }

    /// The first version's tables, word for word.
    private static let tables = """
        CREATE TABLE counter (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            version INTEGER NOT NULL
        ) STRICT;
        INSERT INTO counter VALUES (1, 0);

        CREATE TABLE cart (
            id TEXT NOT NULL UNIQUE,
            incarnation INTEGER NOT NULL,
            version INTEGER NOT NULL,
            format TEXT NOT NULL,
            state TEXT NOT NULL,
            ownerUser TEXT,
            ownerCompany TEXT,
            ownerUnit TEXT,
            ownerCompanyUser TEXT,
            name TEXT,
            updatedAt INTEGER NOT NULL,
            document BLOB NOT NULL
        ) STRICT;
        CREATE INDEX cartByOwner ON cart (ownerUser, version);

        CREATE TABLE link (
            row INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            cart TEXT NOT NULL,
            incarnation INTEGER NOT NULL,
            circle TEXT,
            circlePerson TEXT,
            circleUnit TEXT,
            circleCompany TEXT,
            mode INTEGER NOT NULL,
            access TEXT NOT NULL,
            label TEXT,
            showPrices INTEGER NOT NULL,
            createdAt INTEGER NOT NULL,
            authorUser TEXT,
            authorCompany TEXT,
            authorUnit TEXT,
            authorCompanyUser TEXT,
            authorService TEXT,
            expiresAt INTEGER NOT NULL,
            pauses INTEGER NOT NULL,
            revokedAt INTEGER,
            keySlot INTEGER NOT NULL,
            fingerprint TEXT NOT NULL
        ) STRICT;
        CREATE INDEX linkByCart ON link (cart, incarnation, revokedAt, expiresAt);
        CREATE INDEX linkByAge ON link (createdAt);
        CREATE INDEX linkByKey ON link (fingerprint, revokedAt, expiresAt);
        CREATE INDEX linkByUser ON link (authorUser) WHERE authorUser IS NOT NULL;
        CREATE INDEX linkByCompanyUser ON link (authorCompanyUser) WHERE authorCompanyUser IS NOT NULL;
        CREATE INDEX linkByCompany ON link (authorCompany) WHERE authorCompany IS NOT NULL;
        CREATE INDEX linkByUnit ON link (authorUnit) WHERE authorUnit IS NOT NULL;
        CREATE INDEX linkByCirclePerson ON link (circlePerson) WHERE circlePerson IS NOT NULL;
        CREATE INDEX linkByCircleCompany ON link (circleCompany) WHERE circleCompany IS NOT NULL;
        CREATE INDEX linkByCircleUnit ON link (circleUnit) WHERE circleUnit IS NOT NULL;
        CREATE INDEX linkByLabel ON link (label) WHERE label IS NOT NULL;

        CREATE TABLE issue (
            caller TEXT NOT NULL,
            cart TEXT NOT NULL,
            subject TEXT NOT NULL,
            text TEXT NOT NULL,
            requestHash TEXT NOT NULL,
            link BLOB NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (caller, cart, subject, text)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX issueByAge ON issue (at);

        CREATE TABLE linkKey (
            fingerprint TEXT NOT NULL PRIMARY KEY,
            slot INTEGER NOT NULL,
            firstSeen INTEGER NOT NULL,
            retiredAt INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            link BLOB,
            cart TEXT,
            reason TEXT,
            before TEXT,
            after TEXT,
            code BLOB NOT NULL CHECK (length(code) = 32)
        ) STRICT;
        CREATE INDEX auditByLink ON audit (link) WHERE link IS NOT NULL;
        CREATE INDEX auditByCart ON audit (cart) WHERE cart IS NOT NULL;
        CREATE INDEX auditByActor ON audit (actor);
        """
}
