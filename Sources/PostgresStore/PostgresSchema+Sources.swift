// SPDX-License-Identifier: Apache-2.0

extension PostgresSchema {
    // Of a cart that lives on a platform: its id there (as it was given, and in one spelling), what tells it from others, and when that was last seen to be so.
    static let sourcesStep = """
        ALTER TABLE cartlink.cart ADD COLUMN platformID text COLLATE "C"

        ALTER TABLE cartlink.cart ADD COLUMN platformKey text COLLATE "C"

        ALTER TABLE cartlink.cart ADD COLUMN fingerprint text COLLATE "C"

        ALTER TABLE cartlink.cart ADD COLUMN matchedAt bigint

        CREATE UNIQUE INDEX cartByPlatformKey ON cartlink.cart (platformKey) WHERE platformKey IS NOT NULL
        """
}
