// SPDX-License-Identifier: Apache-2.0

/// Turns a backend's amounts into minor units.
struct MinorUnits {
    /// By how many places an amount is moved.
    private let places: Int

    /// Currencies whose minor unit isn't a hundredth (ISO 4217).
    private static let otherPlaces = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0,
        "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
        "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
        "CLF": 4, "UYW": 4,
    ]

    init(_ money: HTTPCartSettings.Money, currency: String?) {
        places = money == .minor ? 0 : currency.flatMap { Self.otherPlaces[$0.uppercased()] } ?? 2
    }

    /// Nil for what isn't a whole number of minor units: a price that is nearly right is wrong.
    func amount(_ number: ExactDecimal?) -> Int64? {
        number?.whole(times: places)
    }
}
