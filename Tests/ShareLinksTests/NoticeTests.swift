// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

/// What is told of changes, to whom, and under which names. What each use case tells is in the rules of the stores.
@Suite struct NoticeTests {
    @Test(
        arguments: [
            ("link.created", [.linkCreated]), ("link.*", [.linkCreated, .linkAccepted, .linkRevoked]),
            ("cart.*", [.cartChanged, .cartOwnerChanged]), ("*", Notice.Kind.allCases), ("cart.owner-changed", [.cartOwnerChanged]),
            ("link", []), ("link.", []), ("link.c*", []), ("*.created", []), ("", []), ("Link.*", []), (".*", []), ("link.**", []),
        ] as [(String, [Notice.Kind])]
    )
    func aPatternNamesWholeFamilies(pattern: String, kinds: [Notice.Kind]) {
        #expect(Notice.Kind.named(pattern) == kinds)
    }

    @Test func everyActionSaysWhatItTells() {
        let silent = AuditEntry.Action.allCases.filter(\.tells.isEmpty).map(\.rawValue)
        #expect(
            silent == [
                "link.changed", "link.paused", "link.resumed", "grant.made", "grant.changed", "grant.withdrawn", "grant.left",
                "comment.made", "comment.deleted", "company-user.put", "company-user.left", "webhook.retried",
                "store.distrusted",
            ]
        )
        #expect(Set(AuditEntry.Action.allCases.flatMap(\.tells)) == Set(Notice.Kind.allCases))
        for action in AuditEntry.Action.ofManyLinks { #expect(action.tells == [.linkRevoked]) }
    }

    @Test func aWebhooksIDTellsNothingOfItsAddress() {
        // printf %s https://shop.example/hooks | sha256sum
        #expect(WebhookID(url: "https://shop.example/hooks").text == "097d56360617")
        #expect(WebhookID("097d56360617") == WebhookID(url: "https://shop.example/hooks"))
        for text in ["", "097d5636061", "097d563606178", "097D56360A1F", "097d5636061g"] { #expect(WebhookID(text) == nil, "\(text)") }
    }

    @Test func aMessagesIDIsThatOfWhatItTells() {
        let webhook = WebhookID(url: "https://a")
        let notice = Notice.revoked(Samples.link(), at: Samples.now)
        let message = Message(notice, to: webhook)
        #expect(message == Message(notice, to: webhook))
        #expect(message.id.wholeMatch(of: /msg_[0-9a-f]{32}/) != nil)
        let others = [
            Message(notice, to: WebhookID(url: "https://b")), Message(.created(Samples.link(), at: Samples.now), to: webhook),
            Message(.revoked(Samples.link(), at: Timestamp(milliseconds: Samples.now.milliseconds + 1)), to: webhook),
        ]
        #expect(Set(others.map(\.id)).union([message.id]).count == 4)
        #expect(message.thread == "link \(Samples.linkID)" && message.body == others[2].body)
    }

    @Test(
        arguments: [
            .link(Samples.linkID), .cart(CartID("a.b~c")!), .owner(UserID("u")!), .person(.companyUser(CompanyUserID("cu-1")!)),
            .person(.user(UserID("u-1")!)), .company(CompanyID("acme")!), .businessUnit(BusinessUnitID("north")!), .label("for all: one 👩‍🍳"),
            .label(" "), .keySlot(Samples.slot(7)), .key(Samples.key().fingerprint), .createdBy("service:x"), .createdBy(""),
            .createdBefore(Samples.now), .createdAfter(Timestamp(milliseconds: -5)), .all,
        ] as [LinkSelector]
    )
    func aSelectorIsReadBackAsItWasWritten(selector: LinkSelector) {
        #expect(LinkSelector(text: selector.text) == selector)
    }

    @Test(arguments: ["", "all", "cart", "cart ", "cart /", "slot 8", "slot x", "before soon", "link 1", "person anna", "other x"])
    func anotherTextIsNoSelector(text: String) {
        #expect(LinkSelector(text: text) == nil)
    }

    @Test(
        arguments: [
            .answered(500), .answered(404), .redirected, .gone, .noAnswer, .noConnection, .refused, .closed, .notHTTP, .nameUnknown,
            .privateAddress, .certificate, .tls,
        ] as [DeliveryFault]
    )
    func aFaultIsReadBackAsItWasWritten(fault: DeliveryFault) {
        #expect(DeliveryFault(code: fault.code) == fault)
        #expect(!fault.reason.isEmpty)
    }

    @Test(arguments: ["", "answered", "answered x", "Gone"])
    func anotherTextIsNoFault(code: String) {
        #expect(DeliveryFault(code: code) == nil)
    }

    @Test(arguments: [
        ("Sat, 21 Nov 2026 09:30:00 GMT", "2026-11-21T09:30:00Z"), ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
        ("Sat, 21 Nov 2026 09:30:00 UTC", nil), ("Sat, 21 Non 2026 09:30:00 GMT", nil), ("Sat, 31 Feb 2026 09:30:00 GMT", nil),
        ("Saturday, 21-Nov-26 09:30:00 GMT", nil), ("120", nil), ("", nil),
    ])
    func anHTTPDateIsRead(text: String, moment: String?) {
        #expect(Timestamp(httpDate: text)?.description == moment)
    }
}
