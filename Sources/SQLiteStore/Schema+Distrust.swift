// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // Another epoch begins where a restored backup goes on.
    static let distrustStep = """
        ALTER TABLE counter ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE cartGrant ADD COLUMN suspendedAt INTEGER;
        """
}
