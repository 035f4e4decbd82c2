// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension LinkID {
    /// 16 bytes, big-endian.
    var blob: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }

    init?(blob: [UInt8]) {
        guard blob.count == 16 else { return nil }
        func half(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: half(blob.prefix(8)), low: half(blob.suffix(8)))
    }
}
