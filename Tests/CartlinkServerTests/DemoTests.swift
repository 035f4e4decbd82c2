// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

@Suite struct DemoTests {
    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.8.8", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
        ("10.0.0.1", false),
        ("127.evil.example", false), ("localhost.evil.example", false), ("1270.0.0.1", false), ("", false),
    ])
    func onlyThisMachineIsLoopback(_ host: String, _ isLoopback: Bool) {
        #expect(ServerSettings.Address(host: host, port: 8080).isLoopback == isLoopback)
    }

    @Test func languagesSayTheSameThings() throws {
        let all = try DemoTexts.all()
        #expect(all.map(\.language) == ["en", "es"])
        for texts in all {
            #expect(texts.texts.keys.sorted() == all[0].texts.keys.sorted())
            #expect(!texts.texts.values.contains(""))
        }
        for step in DemoStories.Step.allCases {
            for kind in ["step", "look", "go"] { #expect(all[0].texts["\(kind).\(step.rawValue)"] != nil) }
        }
    }
}
