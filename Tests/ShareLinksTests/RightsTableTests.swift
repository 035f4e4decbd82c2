// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The table of rights")
struct RightsTableTests {
    private static let columns: [(name: String, standing: Standing)] = [
        ("owner", .owner), ("full grant", .fullGrant), ("read-only grant", .readOnlyGrant), ("member by link", .memberByLink),
        ("guest", .guest), ("service", .service([])), ("links:issue", .service([.issueLinks])),
        ("links:resolve", .service([.resolveLinks])),
        ("carts:write", .service([.writeCarts])), ("carts:read", .service([.readCarts])), ("directory", .service([.writeDirectory])),
        ("admin", .service([.admin])),
    ]

    /// One mark for each column above, in groups: people; guest; services; administrator.
    private static let table: [Action: String] = [
        .seePersonalData: "✓––– – –––––– –",
        .seeMemberProjection: "✓✓✓✓ – –––––– –",
        .seeGuestProjection: "✓✓✓✓ ✓ ✓✓✓✓✓✓ ✓",
        .editItems: "✓✓–– – –––––– –",
        .comment: "✓✓✓– – –––––– –",
        .deleteAnyComment: "✓––– – –––––– –",
        .watch: "✓✓✓– – –––––– –",
        .seeHolders: "✓✓✓– – –––––– –",
        .manageSharing: "✓––– – –✓–––– –",
        .takeDown: "–––– – –––––– ✓",
        .leave: "–✓✓– – –––––– –",
        .resolveToken: "–––– – ––✓––– –",
        .administer: "–––– – –––––– ✓",
        .writeCart: "–––– – –––✓–– –",
        .writeDirectory: "–––– – –––––✓ –",
        .readCart: "–––– – ––––✓– –",
    ]

    @Test(arguments: Action.allCases)
    func eachStandingMayDoWhatTheTableSays(action: Action) throws {
        let marks = try #require(Self.table[action]).filter { $0 != " " }
        try #require(marks.count == Self.columns.count)
        for (mark, column) in zip(marks, Self.columns) {
            #expect(column.standing.may(action) == (mark == "✓"), "\(column.name)")
        }
    }

    @Test(arguments: Action.allCases)
    func everyScopeTogetherGivesNoMoreThanTheScopesDo(action: Action) {
        let together = Standing.service(Set(Scope.allCases)).may(action)
        #expect(together == Scope.allCases.contains { Standing.service([$0]).may(action) })
    }

    /// What only the owner may: whoever holds a grant has no say over other people's.
    @Test func noGrantGivesASayOverSharingOrPersonalData() {
        for standing in [Standing.fullGrant, .readOnlyGrant, .memberByLink, .guest] {
            for action in [Action.manageSharing, .seePersonalData, .takeDown, .administer, .writeCart, .writeDirectory] {
                #expect(!standing.may(action), "\(standing) \(action)")
            }
        }
    }

    @Test func scopesHaveTheNamesOfTheWire() {
        let names = ["links:issue", "links:resolve", "carts:write", "carts:read", "directory:write", "admin"]
        #expect(Scope.allCases.map(\.rawValue) == names)
    }

    @Test func relationIsTheWidestProjectionOneMaySee() {
        let relations = Self.columns.map(\.standing.relation)
        #expect(relations.prefix(5) == [.owner, .member, .member, .member, .guest])
        #expect(relations.dropFirst(5).allSatisfy { $0 == .guest })
    }

    @Test(arguments: CartState.allCases)
    func itemsAreEditedOnlyInOpenCarts(state: CartState) {
        for (name, standing) in Self.columns {
            let isEditor = standing == .owner || standing == .fullGrant
            #expect(standing.canEdit(in: state) == (isEditor && state == .open), "\(name)")
        }
    }
}
