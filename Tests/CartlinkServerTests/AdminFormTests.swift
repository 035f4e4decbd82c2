// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Redaction
import ShareLinks
import Testing

@testable import CartlinkServer

struct AdminFormTests {
    static let id = LinkID(high: 1, low: 2)

    static let selectors: [(json: String, selector: LinkSelector)] = [
        (#"{"linkId":"\#(id)"}"#, .link(id)), (#"{"cartId":"c"}"#, .cart(CartID("c")!)), (#"{"ownerId":"o"}"#, .owner(UserID("o")!)),
        (#"{"personId":"user:p"}"#, .person(Subject("user:p")!)), (#"{"companyId":"c"}"#, .company(CompanyID("c")!)),
        (#"{"businessUnitId":"b"}"#, .businessUnit(BusinessUnitID("b")!)), (#"{"label":"l"}"#, .label("l")),
        (#"{"keySlot":7}"#, .keySlot(KeySlot(rawValue: 7)!)), (#"{"createdBy":"service:s"}"#, .createdBy("service:s")),
        (#"{"createdBefore":"2027-01-15T08:00:00Z"}"#, .createdBefore(Timestamp(seconds: 1_800_000_000))),
        (#"{"createdAfter":"2027-01-15T08:00:00Z"}"#, .createdAfter(Timestamp(seconds: 1_800_000_000))), (#"{"all":true}"#, .all),
    ]

    @Test(arguments: selectors)
    func everySelectorIsRead(json: String, selector: LinkSelector) throws {
        let order = try RevocationOrder(body: Array(#"{"selector":\#(json),"reason":"r","expect":0,"dryRun":true}"#.utf8))
        #expect(order.selector == selector)
        #expect(order.reason == "r")
        #expect(order.expected == 0)
        #expect(order.isDryRun)
    }

    static let revocations: [(json: String, faults: [InputFault])] = [
        (#"{"selector":{"all":true},"reason":"r"}"#, []),
        ("{}", [.init("/selector", .required), .init("/reason", .required)]),
        (#"{"selector":"all","reason":"r"}"#, [.init("/selector", .type)]),
        (#"{"selector":{"all":true},"reason":""}"#, [.init("/reason", .form)]),
        (#"{"selector":{"all":true},"reason":"a\nb"}"#, [.init("/reason", .form)]),
        (#"{"selector":{"all":false},"reason":"r"}"#, [.init("/selector/all", .value)]),
        (#"{"selector":{"keySlot":8},"reason":"r"}"#, [.init("/selector/keySlot", .range)]),
        (#"{"selector":{"keySlot":"1"},"reason":"r"}"#, [.init("/selector/keySlot", .type)]),
        (#"{"selector":{"linkId":"x"},"reason":"r"}"#, [.init("/selector/linkId", .form)]),
        (#"{"selector":{"createdBy":"a\u0000b"},"reason":"r"}"#, [.init("/selector/createdBy", .form)]),
        (#"{"selector":{"createdBefore":"now"},"reason":"r"}"#, [.init("/selector/createdBefore", .form)]),
        (#"{"selector":{"all":true},"reason":"r","expect":-1,"dryRun":"no"}"#, [.init("/dryRun", .type), .init("/expect", .range)]),
        (#"{"selector":{"all":true},"reason":"r","keepGrants":true}"#, [.init("/keepGrants", .unknown)]),
    ]

    @Test(arguments: revocations)
    func revocationsAreReadStrictly(json: String, faults: [InputFault]) {
        #expect(problem(reading: json) { bytes throws(Problem) in try RevocationOrder(body: bytes) }?.faults ?? [] == faults)
    }

    @Test(arguments: [#"{"all":true,"cartId":"c"}"#, "{}", #"{"ownerId":"o","personId":"user:o"}"#])
    func exactlyOneSelectorIsTaken(selector: String) {
        let found = problem(reading: #"{"selector":\#(selector),"reason":"r"}"#) { bytes throws(Problem) in try RevocationOrder(body: bytes)
        }
        #expect(found?.faults == [.init("/selector", .oneSelector)])
    }

    static let questions: [(json: String, allowsViewer: Bool, faults: [InputFault])] = [
        (#"{"token":"t"}"#, false, []), (#"{"url":"https://x/s/t"}"#, false, []), (#"{"token":"t","viewerToken":"v"}"#, true, []),
        ("{}", true, [.init("/token", .required)]), (#"{"token":7}"#, true, [.init("/token", .type)]),
        (#"{"token":"t","viewerToken":"v"}"#, false, [.init("/viewerToken", .unknown)]),
        (#"{"token":"t","viewerToken":null}"#, true, [.init("/viewerToken", .type)]),
        (#"{"token":"t","cartId":"c"}"#, true, [.init("/cartId", .unknown)]),
    ]

    @Test(arguments: questions)
    func questionsAboutTokensAreReadStrictly(json: String, allowsViewer: Bool, faults: [InputFault]) {
        let found = problem(reading: json) { bytes throws(Problem) in try TokenQuestion(body: bytes, allowsViewer: allowsViewer) }
        #expect(found?.faults ?? [] == faults)
    }

    @Test func aTokenAndAURLTogetherAreRefused() {
        let found = problem(reading: #"{"token":"t","url":"https://x/s/t"}"#) { bytes throws(Problem) in
            try TokenQuestion(body: bytes, allowsViewer: true)
        }
        #expect(found?.faults == [.init("/url", .tokenOrURL)])
    }

    static let urls: [(url: String, token: String)] = [
        ("https://links.shop.example/s/cl1abc", "cl1abc"), ("https://x/s/cl1abc?utm=1", "cl1abc"), ("https://x/s/cl1abc#top", "cl1abc"),
        ("/s/cl1abc", "cl1abc"), ("https://x/prefix/s/cl1abc", "cl1abc"), ("https://x/s/cl1abc/", ""), ("https://x/cl1abc", ""),
        ("https://x/?s=/s/cl1abc", ""), ("https://x/#/s/cl1abc", ""), ("cl1abc", ""), ("", ""), ("/s/", ""),
    ]

    @Test(arguments: urls)
    func aTokenIsWhatStandsBehindSlashS(url: String, token: String) throws {
        let question = try TokenQuestion(body: JSON.object([("url", .string(url))]).text, allowsViewer: false)
        #expect(question.token == token)
    }
}
