// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("What a grant rests on")
struct GrantTests {
    private let grant = Grant(
        id: GrantID("grant-1")!,
        cart: CartID("cart-1")!,
        incarnation: Incarnation(7),
        holder: Samples.consumer.subject,
        createdAt: Samples.now,
        readOnly: .owner(inside: nil),
        full: .link(Samples.linkID)
    )

    @Test func eachAccessHasItsTitle() {
        #expect(grant[.readOnly] == .owner(inside: nil) && grant[.full] == .link(Samples.linkID))
        var changed = grant
        changed[.full] = nil
        #expect(changed.full == nil && changed.readOnly == .owner(inside: nil))
        #expect(Grant.Title.owner(inside: CompanyID("acme")).link == nil && Grant.Title.link(Samples.linkID).link == Samples.linkID)
    }

    /// What each access rests on before and after: lowering invents no word of the owner's.
    @Test(
        arguments: [
            (nil, .link(Samples.linkID), .link(Samples.linkID)), (.link(Samples.linkID), nil, .link(Samples.linkID)),
            (.owner(inside: nil), .link(Samples.linkID), .owner(inside: nil)),
            (.link(Samples.linkID), .owner(inside: CompanyID("acme")), .owner(inside: CompanyID("acme"))),
        ] as [(Grant.Title?, Grant.Title?, Grant.Title?)]
    )
    func loweringLeavesTheTitlesToLook(readOnly: Grant.Title?, full: Grant.Title?, left: Grant.Title?) {
        var grant = grant
        (grant.readOnly, grant.full) = (readOnly, full)
        grant.lower(decision: Serial(20))
        #expect(grant.readOnly == left && grant.full == nil && grant.decidedAt == Serial(20) && grant.withdrawnAt == nil)
    }

    @Test(arguments: Access.allCases)
    func ownersWordTakesThePlaceOfEveryOtherTitle(access: Access) {
        var grant = grant
        grant.withdrawnAt = Samples.now
        grant.set(access, inside: CompanyID("acme"), decision: Serial(20))
        #expect(grant[access] == .owner(inside: CompanyID("acme")))
        for other in Access.allCases where other != access { #expect(grant[other] == nil) }
        // Naming full access takes nothing away.
        #expect(grant.decidedAt == (access == .readOnly ? Serial(20) : nil) && grant.withdrawnAt == nil)
    }

    @Test func whoLeavesIsUnderNoDecisionOfTheOwners() {
        var left = grant
        left.withdraw(at: Samples.now, decision: nil)
        #expect(left.readOnly == nil && left.full == nil && left.withdrawnAt == Samples.now && left.decidedAt == nil)
        var withdrawn = grant
        withdrawn.decidedAt = Serial(3)
        withdrawn.withdraw(at: Samples.now, decision: Serial(20))
        #expect(withdrawn.decidedAt == Serial(20) && withdrawn.withdrawnAt == Samples.now)
        withdrawn = grant
        withdrawn.decidedAt = Serial(3)
        withdrawn.withdraw(at: Samples.now, decision: nil)
        #expect(withdrawn.decidedAt == Serial(3))
    }
}

@Suite("What a comment may say")
struct CommentTextTests {
    @Test(arguments: ["x", "zwei\nZeilen", "\r\n a", String(repeating: "x", count: 2000), String(repeating: "🎁", count: 2000)])
    func textIsTaken(text: String) {
        #expect(CommentText(text)?.text == text)
    }

    @Test(arguments: ["", " ", "\n\n", "\t", String(repeating: "x", count: 2001), "a\u{0}b", "a\u{1B}[31m", "a\u{7F}", "\u{200B}"])
    func textIsRefused(text: String) {
        #expect(CommentText(text) == nil)
    }

    /// A character may be made of many scalars: the bytes are bounded too.
    @Test func boundlessCharactersAreRefused() {
        #expect(CommentText("a" + String(repeating: "\u{301}", count: 8001)) == nil)
    }
}
