// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("Ids of the shop, and typed names of people")
struct IdentifierTests {
    @Test(arguments: ["a", "Z", "0", "a.b_c~d-e", "9..", "DE--1", "cart-1", String(repeating: "x", count: 128)])
    func idsAreTaken(text: String) {
        #expect(CartID(text)?.text == text)
        #expect(CartID(text[...])?.description == text)
    }

    @Test(arguments: [
        "", ".", "..", "-a", "_a", "~a", ".a", "a b", " a", "a ", "a/b", "../a", "a%2F", "a:b", "a@b", "a+b", "a\n", "a\0", "a\r\nX: y",
        "é", "aé",
        "a\u{301}", "ａ", "a,b", "a\"", "a\\", "a?b", "a#b", "a;b", "a=b", "{cartId}", String(repeating: "x", count: 129),
        String(repeating: "x", count: 10_000),
    ])
    func otherTextsAreRefused(text: String) {
        #expect(CartID(text) == nil)
    }

    @Test func everyByteIsJudged() {
        let first = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let later = first.union("._~-".utf8)
        for byte in UInt8(0)..<128 {
            let character = String(UnicodeScalar(byte))
            #expect((CartID(character) != nil) == first.contains(byte), "byte \(byte)")
            #expect((CartID("a" + character) != nil) == later.contains(byte), "byte \(byte)")
        }
    }

    @Test func caseMatters() {
        #expect(UserID("anna") != UserID("Anna"))
    }

    @Test func subjectIsTheCompanyUserWhereThereIsOne() {
        #expect("\(Samples.buyer.subject)" == "company-user:cu-1")
        #expect("\(Samples.consumer.subject)" == "user:berta")
    }

    @Test(arguments: ["user:anna", "company-user:cu-1", "user:user", "company-user:9~"])
    func subjectsComeBack(text: String) {
        #expect(Subject(text)?.description == text)
    }

    @Test func kindsOfSubjectsAreDistinct() {
        #expect(Subject("user:x") != Subject("company-user:x"))
    }

    @Test(arguments: [
        "", "anna", ":anna", "user:", "user", "User:anna", "USER:anna", " user:anna", "user: anna", "user:anna ", "user::anna", "user:a:b",
        "companyuser:x", "company-user", "company-user:", "company_user:x", "service:x", "admin:x", "user:é", "u\u{301}ser:anna",
        "user:\u{301}anna", "user\0:anna", "user：anna", "user:-anna",
    ])
    func otherSubjectsAreRefused(text: String) {
        #expect(Subject(text) == nil)
    }

    @Test func samePersonHasTheSameUserAndCompanyUser() {
        let anna = Samples.person("anna", company: "acme", companyUser: "cu-1")
        #expect(anna.isSame(as: Samples.buyer))
        #expect(!anna.isSame(as: Samples.person("anna", company: "acme", companyUser: "cu-2")))
        #expect(!anna.isSame(as: Samples.person("anna")))
        #expect(!anna.isSame(as: Samples.person("otto", company: "acme", companyUser: "cu-1")))
    }

    @Test func hexIsReadInBothCases() {
        #expect(Hex.text(of: [0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
        #expect(Hex.bytes(of: "000FA0ff") == [0x00, 0x0F, 0xA0, 0xFF])
        #expect(Hex.bytes(of: "") == [])
        for text in ["0", "0g", "g0", "0x", " 00", "00 ", "é", "０0", "+1", "-1"] { #expect(Hex.bytes(of: text) == nil, "\(text)") }
    }
}
