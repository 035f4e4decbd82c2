// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import CartlinkServer

struct HeldWeightTests {
    /// Else the cache would take several times the memory that it may.
    @Test func anAnswerIsWeighedWithEveryFormThatIsHeld() async throws {
        let shop = try await TestShop()
        try await shop.push()
        let path = "/v1/shared/" + (try await shop.issue().token)
        var weight = 0
        for headers: HTTPFields in [[:], [.acceptEncoding: "gzip"], [.ifNoneMatch: "*"]] {
            _ = try await shop.send(.get, path, headers: headers)
            let fill = shop.server.answers.cache.fill
            #expect(fill.answers == 1 && fill.bytes > weight)
            weight = fill.bytes
            _ = try await shop.send(.get, path, headers: headers)
            #expect(shop.server.answers.cache.fill.bytes == weight)
        }
    }
}
