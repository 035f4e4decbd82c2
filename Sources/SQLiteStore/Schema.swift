// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables, as a numbered list of steps that only grows.
enum Schema {
    /// "CLnk": tells Cartlink's files from other SQLite databases.
    static let applicationID = 0x434C_6E6B

    /// The number of the last step, kept in the file as `user_version`.
    static var version: Int { steps.count }

    /// The tables of a database that has taken the first `count` steps.
    static func tables(after count: Int) -> Set<String> {
        steps.prefix(count).reduce(into: []) { $0.formUnion($1.tables) }
    }

    /// Takes the steps that the database hasn't taken, each in a transaction of its own.
    static func bringUpToDate(_ database: Database) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        for (index, step) in steps.enumerated().dropFirst(found) {
            try database.inTransaction(.immediate) {
                try database.execute(sql: step.sql)
                try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(index + 1)")
                return .commit
            }
        }
    }

    /// What a step adds to the tables that were there before.
    struct Step {
        let tables: Set<String>
        let sql: String
    }

    private static let steps = [
        Step(tables: ["counter", "cart", "link", "issue", "linkKey", "audit"], sql: firstStep),
        Step(tables: ["companyUser", "cartGrant", "acceptance", "comment"], sql: peopleStep),
        Step(tables: ["snapshot"], sql: opensStep),
        Step(tables: [], sql: titlesStep),
        Step(tables: ["outbox", "massRevocation", "webhook"], sql: webhooksStep),
        Step(tables: [], sql: distrustStep),
        Step(tables: [], sql: sourcesStep),
    ]

    // A link's row number gives the order of lists and a small key for the other indexes; new links share pages, and those are
    // the ones people open. Times are milliseconds since 1970. The partial indexes cost links of private shoppers nothing.
    private static let firstStep = """
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
