// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redaction

@Suite struct ScrubberTests {
    @Test(
        "cuts personal data out of text",
        arguments: [
            ("write to ann.lee+gift@mail.example please", "write to … please"), ("jörg@müller.example", "…"), ("a@b.com@c.de", "……"),
            ("ann (at) mail (dot) example, thanks", "…, thanks"), ("ana arroba correo punto es.", "…."), ("x@[192.0.2.1]", "…"),
            ("ann@mail.example . 31.03.2026", "… . 31.03.2026"), ("ann@mail.example [dot]1st", "… [dot]1st"), ("ann@mail.example.1", "….1"),
            ("call +34 612 345 678 after six", "call … after six"), ("call 0034612345678", "call …"),
            ("ring (555) 123-4567 now", "ring … now"), ("ring 555.123.4567", "ring …"), ("tel 06 12 34 56 78", "tel …"),
            ("tel 612345678", "tel …"), ("+34 612 345 678 / 698 765 432", "… / …"), ("(11) 91234-5678", "…"),
            ("pay with 4111 1111 1111 1111", "pay with …"), ("4111-1111-1111-1111", "…"), ("378282246310005", "…"),
            ("3782 822463 10005", "…"), ("size 42, card 5555555555554444, thanks", "size 42, card …, thanks"),
            ("4\u{200B}111\u{2060}1111 1111\u{AD}1111", "…"), ("４１１１ 1111 ١١١١ ११११", "…"),
            ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN …."), ("GB82WEST12345698765432", "…"), ("gb82-west-1234-5698-7654-32", "…"),
            ("see https://ann:secret@shop.example/a?b=c for it", "see … for it"), ("ftp://ann@shop.example", "…"),
            ("https://shop.example/a?x=1&Access-Token=2.", "…."), ("//ann@shop.example/x", "…"), ("go to /cart?token=1", "go to …"),
            ("to 221B Baker Street", "to …"), ("to Baker Street 221B, London", "to …, London"), ("Calle de la Rosa, 5", "…"),
            ("Rua das Flores 12", "…"), ("Hauptstraße 7a", "…"), ("P.O. Box 12", "…"),
        ]
    )
    func cuts(text: String, clean: String) {
        #expect(Scrubber().scrub(text) == clean)
    }

    @Test(
        "keeps what shops write",
        arguments: [
            "", "Navy blue", "38 39 40 41 42", "100x200 cm", "2 x 30 ml", "US 10.5 / EU 44", "SKU 1234567890", "AB-1234567", "MX123456789",
            "4006381333931", "036000291452", "EAN 4006381333931", "12.50 13.50 14.50", "1.299,00 EUR", "2026-03-31 10:30", "31.03.2026",
            "order #1000234567", "4111 1111 1111 1112", "DE00 3704 0044 0532 0130 00", "https://shop.example/a?b=1", "@ann", "3 for 2",
            "64 GB", "Size 40 Road Bike", "2 Way Speaker", "100% cotton", "5-pack", "c/o", "1/2 3/4", "20/40 50/60", "…", "… …",
            "600 800 900 mm", "01.05.-03.05.2026", "08.30 - 17.00", "IMEI 353456789012348", "2 @ 3.50", "thanks @ann.lee",
        ]
    )
    func keeps(text: String) {
        #expect(Scrubber().scrub(text) == text)
    }

    /// An EAN and a card number can't be told apart by their digits alone; see `CardNumber`.
    @Test("what looks like both a card and an article number goes by the words and the length")
    func weighsArticleNumbers() {
        // Both check digits hold.
        #expect(Scrubber().scrub("4005851907993") == "4005851907993")
        #expect(Scrubber().scrub("Visa 4005851907993") == "Visa …")
        #expect(Scrubber().scrub("4222222222222") == "…")
        #expect(Scrubber().scrub("30569309025904") == "…")
        #expect(Scrubber().scrub("EAN 4222222222222") == "EAN 4222222222222")
        #expect(Scrubber().scrub("EAN 4111111111111111") == "EAN …")
    }

    /// A number of 9 to 11 digits may be a phone or an order; the words before it decide.
    @Test("a bare number goes by the word before it")
    func weighsBareNumbers() {
        #expect(Scrubber().scrub("612345678") == "…")
        #expect(Scrubber().scrub("212345678") == "212345678")
        #expect(Scrubber().scrub("Tel. 212345678") == "Tel. …")
        #expect(Scrubber().scrub("pedido nº 612345678") == "pedido nº 612345678")
        #expect(Scrubber().scrub("Bestellung für Ann 612345678") == "Bestellung für Ann …")
        #expect(Scrubber().scrub("Seriennummer: 612345678") == "Seriennummer: 612345678")
        #expect(Scrubber().scrub("#612345678") == "#612345678")
    }
}
