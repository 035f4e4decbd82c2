// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import Testing

@testable import CartlinkServer

struct ConditionalAnswerTests {
    private func answer(_ ifNoneMatch: [String], body: String = "body") -> Response {
        var headers = HTTPFields()
        for line in ifNoneMatch { headers.append(HTTPField(name: .ifNoneMatch, value: line)) }
        return Answer.conditional(
            Array(body.utf8),
            type: "text/plain",
            headers: [.cacheControl: "no-store"],
            for: Request(headers: headers)
        )
    }

    private var tag: String { answer([]).headers[.eTag]! }

    @Test func theTagIsStrongAndOfTheBytesAlone() {
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.utf8.count == 34)
        #expect(answer([]).headers[.eTag] == tag)
        #expect(answer([], body: "bodY").headers[.eTag] != tag)
        #expect(answer([], body: "").headers[.eTag] != tag)
    }

    @Test func whoHasTheBytesGetsNone() {
        let tag = tag
        for lines in [
            [tag], ["W/\(tag)"], ["*"], ["\"a\", \(tag)"], ["\"a\",W/\(tag) ,\"b\""], ["\"a\"", tag], [" \t\(tag)"], [",,\(tag)"],
        ] {
            let answer = answer(lines)
            #expect(answer.status == .notModified, "\(lines)")
            #expect(answer.headers[.eTag] == tag, "\(lines)")
            #expect(answer.headers[.cacheControl] == "no-store", "\(lines)")
            #expect(answer.headers[.contentType] == nil, "\(lines)")
            #expect(answer.body.contentLength ?? 0 == 0, "\(lines)")
        }
    }

    @Test func whoHasOtherBytesGetsThem() {
        let bare = String(tag.dropFirst().dropLast())
        for lines in [[], ["\"a\""], [bare], ["\"\(bare.uppercased())X\""], [""], ["w/\(tag)"], ["\"*\""], ["\(tag)x"]] {
            let answer = answer(lines)
            #expect(answer.status == .ok, "\(lines)")
            #expect(answer.body.contentLength == 4, "\(lines)")
        }
    }
}
