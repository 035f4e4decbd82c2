// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // A snapshot is a document of up to 2 MiB: in a table of its own, so that lists of links never load one.
    static let opensStep = """
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
        """
}
