// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // Of a cart that lives on a platform: its id there (as it was given, and in one spelling), what tells it from others, and when that was last seen to be so.
    static let sourcesStep = """
        ALTER TABLE cart ADD COLUMN platformID TEXT;
        ALTER TABLE cart ADD COLUMN platformKey TEXT;
        ALTER TABLE cart ADD COLUMN fingerprint TEXT;
        ALTER TABLE cart ADD COLUMN matchedAt INTEGER;
        CREATE UNIQUE INDEX cartByPlatformKey ON cart (platformKey) WHERE platformKey IS NOT NULL;
        """
}
