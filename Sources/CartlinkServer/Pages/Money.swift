// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Amounts in minor units as people read them.
enum Money {
    /// Currencies whose minor unit isn't a hundredth (ISO 4217).
    private static let otherDigits = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0,
        "VUV": 0,
        "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
        "CLF": 4, "UYW": 4,
    ]

    /// The amount as people write it there; nil where the currency isn't a code of three letters.
    static func text(_ minorUnits: Int64?, currency: String?, locale: String) -> String? {
        guard let minorUnits, let currency = currency?.uppercased(), currency.utf8.count == 3, currency.allSatisfy(\.isUpperCaseASCII)
        else { return nil }
        let digits = otherDigits[currency] ?? 2
        let amount = Decimal(sign: minorUnits < 0 ? .minus : .plus, exponent: -digits, significand: Decimal(minorUnits.magnitude))
        return amount.formatted(.currency(code: currency).locale(Locale(identifier: locale)).precision(.fractionLength(digits)))
    }
}

extension Character {
    fileprivate var isUpperCaseASCII: Bool { isASCII && isUppercase }
}
