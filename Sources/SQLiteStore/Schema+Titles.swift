// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // The owner's word carries its company: an empty blob where it counts everywhere, else these words with the company's id.
    static let titlesStep = """
        UPDATE cartGrant SET readOnlyTitle = CAST('inside the company ' || company AS BLOB)
            WHERE length(readOnlyTitle) = 0 AND company IS NOT NULL;
        UPDATE cartGrant SET fullTitle = CAST('inside the company ' || company AS BLOB)
            WHERE length(fullTitle) = 0 AND company IS NOT NULL;
        ALTER TABLE cartGrant DROP COLUMN company;
        """
}
