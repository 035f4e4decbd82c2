// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import ShareLinks

/// A data folder as the fourth version left it: the second one's, with snapshots and titles and without an outbox.
enum FourthVersion {
    static let link = FirstVersion.link

    static func write(in folder: String) throws {
        try SecondVersion.write(in: folder)
        let database = try DatabaseQueue(path: folder + "/cartlink.sqlite")
        try database.writeWithoutTransaction { database in
            try database.execute(sql: steps)
            try database.execute(sql: "PRAGMA user_version = 4")
        }
        try database.close()
    }

    /// What the third and the fourth version added, word for word.
    private static let steps = """
        ALTER TABLE link ADD COLUMN card TEXT NOT NULL DEFAULT 'neutral';
        ALTER TABLE link ADD COLUMN isSnapshot INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE link ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE link ADD COLUMN robots INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE link ADD COLUMN lastOpenedAt INTEGER;

        CREATE TABLE snapshot (
            link BLOB NOT NULL UNIQUE,
            format TEXT NOT NULL,
            document BLOB NOT NULL
        ) STRICT;

        UPDATE cartGrant SET readOnlyTitle = CAST('inside the company ' || company AS BLOB)
            WHERE length(readOnlyTitle) = 0 AND company IS NOT NULL;
        UPDATE cartGrant SET fullTitle = CAST('inside the company ' || company AS BLOB)
            WHERE length(fullTitle) = 0 AND company IS NOT NULL;
        ALTER TABLE cartGrant DROP COLUMN company;
        """
}
