// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // Of a cart that lives on a platform: its id there, what tells it from others, and when that was last seen to be so.
    static let sourcesStep = """
        ALTER TABLE cart ADD COLUMN platformID TEXT;
        ALTER TABLE cart ADD COLUMN fingerprint TEXT;
        ALTER TABLE cart ADD COLUMN matchedAt INTEGER;
        CREATE UNIQUE INDEX cartByPlatformID ON cart (platformID) WHERE platformID IS NOT NULL;
        """
}
