// SPDX-License-Identifier: Apache-2.0

/// Whether a number begins as card numbers do (ISO/IEC 7812 issuer ranges).
enum CardNetwork {
    /// A range of a large network, in the length that network uses today.
    case exact
    /// A range that some network uses, in another length.
    case plausible
    case none

    /// - Parameters:
    ///   - head: the first six digits.
    ///   - count: how many digits there are.
    init(head: Int, count: Int) {
        switch (head / 1000, count) {
        case (400..<500, 16), (510..<560, 16), (340..<350, 15), (370..<380, 15), (352..<359, 16), (601...601, 16), (644..<660, 16),
            (620..<630, 16...19), (300..<306, 14), (309...309, 14), (360..<370, 14), (380..<400, 14), (810..<823, 16):
            self = .exact
        case (220..<273, 16) where (2200..<2205).contains(head / 100) || (222_100..<272_100).contains(head): self = .exact
        // 15 digits with 35 in front are the serial number of a phone (IMEI).
        case (350..<360, 15): self = .none
        case (300..<700, _): self = .plausible
        case (979...979, 16), (860...860, 16), (986...986, 16): self = .plausible
        default: self = .none
        }
    }
}
