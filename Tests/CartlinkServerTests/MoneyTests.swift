// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct MoneyTests {
    /// Amounts as people read them; a no-break space stands as `_`.
    static let amounts: [(minorUnits: Int64, currency: String, locale: String, text: String)] = [
        (4990, "EUR", "en", "€49.90"), (4990, "EUR", "es", "49,90_€"), (0, "EUR", "en", "€0.00"), (5, "EUR", "en", "€0.05"),
        (-500, "EUR", "en", "-€5.00"), (-500, "EUR", "es", "-5,00_€"), (123_456_789, "USD", "en", "$1,234,567.89"),
        (123_456_789, "EUR", "es", "1.234.567,89_€"), (4990, "JPY", "en", "¥4,990"), (4990, "CLP", "en", "CLP_4,990"),
        (4990, "KWD", "en", "KWD_4.990"), (1, "TND", "en", "TND_0.001"), (4990, "BRL", "en", "R$49.90"), (4990, "ZZZ", "en", "ZZZ_49.90"),
        (.max, "EUR", "en", "€92,233,720,368,547,758.07"), (.min, "EUR", "en", "-€92,233,720,368,547,758.08"),
        (.max, "JPY", "en", "¥9,223,372,036,854,775,807"), (9_007_199_254_740_993, "EUR", "en", "€90,071,992,547,409.93"),
    ]

    @Test(arguments: amounts)
    func minorUnitsAreWrittenInTheReadersWay(minorUnits: Int64, currency: String, locale: String, text: String) {
        let written = Money.text(minorUnits, currency: currency, locale: locale)
        #expect(written?.replacing("\u{A0}", with: "_").replacing("\u{202F}", with: "_") == text)
    }

    @Test(arguments: [nil, "", "EU", "EURO", "E1R", "€€€", "ÄÖÜ", "EU ", "<b>", "ЕUR"])
    func withoutACurrencyThereIsNoAmount(currency: String?) {
        #expect(Money.text(4990, currency: currency, locale: "en") == nil)
    }

    @Test func withoutANumberThereIsNoAmount() {
        #expect(Money.text(nil, currency: "EUR", locale: "en") == nil)
    }
}
