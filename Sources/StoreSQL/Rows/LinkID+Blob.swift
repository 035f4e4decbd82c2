// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ShareLinks

extension LinkID {
    /// 16 bytes, big-endian.
    var blob: Data {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) }
    }

    init?(blob: Data) {
        guard blob.count == 16 else { return nil }
        func half(_ bytes: Data) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: half(blob.prefix(8)), low: half(blob.suffix(8)))
    }
}
