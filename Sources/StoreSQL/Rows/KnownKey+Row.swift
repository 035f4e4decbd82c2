// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum KeyColumn: Int, TableColumn {
    case fingerprint, slot, firstSeen, retiredAt
}

extension KnownKey {
    init(row: any SQLRow) throws {
        self.init(
            fingerprint: LinkKey.Fingerprint(text: try row.value(KeyColumn.fingerprint)),
            slot: try row.parsed(KeyColumn.slot, KeySlot.init(rawValue:)),
            firstSeen: try row.timestamp(KeyColumn.firstSeen),
            retiredAt: try row.timestampIfPresent(KeyColumn.retiredAt)
        )
    }
}
