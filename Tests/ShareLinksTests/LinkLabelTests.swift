// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The owner's note on a link")
struct LinkLabelTests {
    @Test(arguments: ["x", " ", "für Otto 🧡", String(repeating: "a", count: 200), String(repeating: "ü", count: 200)])
    func labelsAreTaken(text: String) {
        #expect(LinkLabel(text)?.text == text)
    }

    @Test(arguments: [
        "", "a\nb", "a\r\nb", "\ta", "a\0", "\u{1B}[31m", "a\u{7F}", "a\u{85}b", "a\u{9F}", String(repeating: "a", count: 201),
        "a" + String(repeating: "\u{301}", count: 500), String(repeating: "👨‍👩‍👧‍👦", count: 100),
    ])
    func otherLabelsAreRefused(text: String) {
        #expect(LinkLabel(text) == nil)
    }

    @Test(arguments: ["a\u{2028}b", "a\u{2029}b", "a\u{202E}b", "a\u{2066}b"]) func labelStaysOnOneLineInItsOwnOrder(text: String) {
        #expect(LinkLabel(text) == nil)
    }
}
