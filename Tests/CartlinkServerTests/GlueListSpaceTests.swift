// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct GlueListSpaceTests {
    @Test func twoHundredCartsFit() {
        var space = GlueListSpace()
        for _ in 1..<200 { space.takeCart(of: 1) }
        #expect(space.isLeft)
        space.takeCart(of: 1)
        #expect(!space.isLeft)
    }

    @Test(arguments: [(8 * 1024 * 1024 - 1, true), (8 * 1024 * 1024, false), (9 * 1024 * 1024, false)])
    func eightMegabytesEndAList(size: Int, isLeft: Bool) {
        var space = GlueListSpace()
        space.takeCart(of: size)
        #expect(space.isLeft == isLeft)
    }

    @Test func twoThousandRowsAreLookedAt() {
        var space = GlueListSpace()
        var rows = 0
        while space.isLeft {
            rows += GlueListSpace.page
            space.takePage()
        }
        #expect(rows == 2000)
    }
}
