// SPDX-License-Identifier: Apache-2.0

extension PostgresSchema {
    // Of a cart that lives on a platform: its id there, what tells it from others, and when that was last seen to be so.
    static let sourcesStep = """
        ALTER TABLE cartlink.cart ADD COLUMN platformID text COLLATE "C"

        ALTER TABLE cartlink.cart ADD COLUMN fingerprint text COLLATE "C"

        ALTER TABLE cartlink.cart ADD COLUMN matchedAt bigint

        CREATE UNIQUE INDEX cartByPlatformID ON cartlink.cart (platformID) WHERE platformID IS NOT NULL
        """
}
