// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Testing

@Suite("Reading a VTEX cart") struct VTEXReadTests {
    private let id = PlatformCartID(OrderFormSample.id)!
    private let lines = [
        OrderFormSample.line("2005", 3, unique: "F00D", more: #","attachments":[]"#), OrderFormSample.line("7", 1, unique: "BEEF"),
    ]

    private func source(_ calls: ScriptedCalls, channel: String? = nil) -> VTEXCartSource {
        let owner = OwnerMatch(path: MemberPath("clientProfileData.email")!)
        return VTEXCartSource(
            settings: VTEXSettings(salesChannel: channel, owner: owner),
            calls: calls,
            shelves: emptyShelves(),
            turns: EditLine()
        )
    }

    @Test func othersThanTheOwnerGetOnlySectionsWithoutPersonalData() async throws {
        let calls = ScriptedCalls(.json(OrderFormSample.cart(lines)))
        _ = try await source(calls, channel: "2").cart(id, .shared, asOfNow: true)
        let asked = try #require(calls.requests.first)
        #expect(asked.method == "POST")
        #expect(asked.path == "/api/checkout/pub/orderForm/\(OrderFormSample.id)")
        #expect(asked.query == ["disableAutoCompletion=true", "refreshOutdatedData=false", "sc=2"])
        let sections = #"["items","totalizers","sellers","storePreferencesData","clientPreferencesData"]"#
        #expect(asked.body == #"{"expectedOrderFormSections":\#(sections)}"#)
        #expect(asked.isIdempotent)
    }

    @Test func theWholeIsReadWithoutLoadingAProfile() async throws {
        let calls = ScriptedCalls(.json(OrderFormSample.cart(lines)))
        _ = try await source(calls).cart(id, .whole, asOfNow: true)
        let asked = try #require(calls.requests.first)
        #expect(asked.method == "GET" && asked.body == nil)
        #expect(asked.query == ["disableAutoCompletion=true"])
    }

    @Test func theDocumentIsTheAnswerWithoutTheIDAndWithIDsOnItsLines() async throws {
        let link = #","link":"https://shop.example/checkout/?orderFormId=\#(OrderFormSample.id.uppercased())#/cart","left": [ 1 ,2]"#
        let cart = try await source(ScriptedCalls(.json(OrderFormSample.cart(lines, more: link)))).cart(id, .whole, asOfNow: true)
        #expect(!cart.text.lowercased().contains(OrderFormSample.id))
        #expect(cart.json["orderFormId"] == nil && cart.json["link"] == nil)
        #expect(cart.json["left"]?.text == "[ 1 ,2]")
        let ids = cart.json["items"]?.elements.compactMap { $0["lineId"]?.string } ?? []
        #expect(Set(ids).count == 2 && ids.allSatisfy { $0.utf8.count == 32 })
        var expected = OrderFormSample.cart(lines, more: #","left": [ 1 ,2]"#)
            .replacing(#""orderFormId":"\#(OrderFormSample.id)","#, with: "")
        for (line, id) in zip(lines, ids) { expected = expected.replacing(line, with: line.dropLast() + #","lineId":"\#(id)"}"#) }
        #expect(cart.text == expected)
        #expect(!cart.isMasked)
    }

    @Test func linesWithoutUniqueIDsHaveIDsOfTheirOwn() async throws {
        let same = OrderFormSample.line("2005", 1)
        let engraved = OrderFormSample.line("2005", 1, more: #","attachments":[{"name":"e","content":{"text":"Ann"}}]"#)
        let first = try await source(ScriptedCalls(.json(OrderFormSample.cart([same, same, engraved])))).cart(id, .whole, asOfNow: true)
        let second = try await source(ScriptedCalls(.json(OrderFormSample.cart([engraved, same, same])))).cart(id, .whole, asOfNow: true)
        func ids(_ cart: SourcedCart) -> [String] { cart.json["items"]?.elements.compactMap { $0["lineId"]?.string } ?? [] }
        #expect(Set(ids(first)).count == 3)
        #expect(ids(first).last == ids(second).first)
        #expect(Set(ids(first)) == Set(ids(second)))
    }

    @Test func bothPartsHaveTheSameVersion() async throws {
        let shared =
            #"{"orderFormId":"\#(OrderFormSample.id)","value":1500,"totalizers":[{"value":1500,"id":"Items"}],"items":["#
            + lines.joined(separator: " , ") + #"],"salesChannel":"2","clientProfileData":null}"#
        let whole = OrderFormSample.cart(lines, more: #","clientProfileData":{"email":"ann@shop.example"}"#)
        let one = try await source(ScriptedCalls(.json(shared))).cart(id, .shared, asOfNow: true)
        let other = try await source(ScriptedCalls(.json(whole))).cart(id, .whole, asOfNow: true)
        let changed = OrderFormSample.cart([OrderFormSample.line("2005", 4, unique: "F00D"), lines[1]])
        let third = try await source(ScriptedCalls(.json(changed))).cart(id, .whole, asOfNow: true)
        #expect(one.version == other.version)
        #expect(one.version != third.version)
        #expect((1..<(1 << 53)).contains(one.version.number))
        #expect(one.ownerName == nil && other.ownerName == "ann@shop.example")
    }

    @Test func theFingerprintIsMadeOfWhatIsThere() async throws {
        let full = try await source(ScriptedCalls(.json(OrderFormSample.cart(lines)))).cart(id, .whole, asOfNow: true)
        #expect(Set(full.fingerprint.traits.keys) == ["channel", "currency", "user"])
        #expect(full.fingerprint.traits.values.allSatisfy { $0.utf8.count == 16 })
        let guest = OrderFormSample.cart(lines).replacing(#""userProfileId":"u-1""#, with: #""userProfileId":null"#)
        let now = try await source(ScriptedCalls(.json(guest))).cart(id, .whole, asOfNow: true)
        #expect(Set(now.fingerprint.traits.keys) == ["channel", "currency"])
        #expect(now.fingerprint.fits(full.fingerprint))
    }

    @Test(arguments: ["abc", "0ac1e5a19f0e4b5f8a1d2c3b4a59687z", "0ac1e5a19f0e4b5f8a1d2c3b4a5968770", "0ac1e5a1-9f0e4b5f-8a1d2c3b4a596877"])
    func whatIsNoIDThereIsGoneWithoutACall(text: String) async throws {
        let calls = ScriptedCalls(.html(status: 404))
        let id = try #require(PlatformCartID(text))
        #expect(await failure { () async throws(SourceError) in try await source(calls).cart(id, .shared, asOfNow: true) } == .gone)
        #expect(calls.requests.isEmpty)
    }

    @Test func anIDIsSentAsItWasGivenAndComparedWithoutCaseAndDashes() async throws {
        let dashed = "0AC1E5A1-9F0E-4B5F-8A1D-2C3B4A596877"
        let calls = ScriptedCalls(.json(OrderFormSample.cart(lines)))
        let cart = try await source(calls).cart(PlatformCartID(dashed)!, .shared, asOfNow: true)
        #expect(calls.requests.first?.path.hasSuffix("/\(dashed)") == true)
        #expect(cart.json["orderFormId"] == nil)
    }

    @Test(
        arguments: [
            (OrderFormSample.error("ORD002"), SourceError.gone),
            (.html(status: 404), .unavailable(cause: "answered 404")),
            (.json("{}", status: 401), .unavailable(cause: "answered 401")),
            (.json("{}", status: 403), .unavailable(cause: "answered 403")),
            (OrderFormSample.error("ORD001"), .unavailable(cause: "answered 400")),
            (.json("[]"), .unavailable(cause: "answered no JSON object, or one that is too large or too deep")),
            (.json(OrderFormSample.cart([], id: "1ac1e5a19f0e4b5f8a1d2c3b4a596877")), .unavailable(cause: "answered another cart")),
            (.json(#"{"orderFormId":"x","items":[]}"#), .unavailable(cause: "answered another cart")),
            (.json(#"{"error":{"code":"ORD002"}}"#), .unavailable(cause: "answered an error with status 200")),
            (.json(#"{"orderFormId":"\#(OrderFormSample.id)"}"#), .unavailable(cause: "answered a cart without items")),
        ] as [(UpstreamAnswer, SourceError)]
    )
    func answersThatAreNotTheCart(answer: UpstreamAnswer, error: SourceError) async {
        let source = source(ScriptedCalls(answer))
        #expect(await failure { () async throws(SourceError) in try await source.cart(id, .shared, asOfNow: true) } == error)
    }

    @Test func answersThatAreTooDeepOrTooLarge() async {
        let deep = OrderFormSample.cart([], more: #","deep":"# + String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
        let large = OrderFormSample.cart([], more: #","large":"\#(String(repeating: "x", count: 2_097_152))""#)
        for text in [deep, large] {
            let source = source(ScriptedCalls(.json(text)))
            let error = SourceError.unavailable(cause: "answered no JSON object, or one that is too large or too deep")
            #expect(await failure { () async throws(SourceError) in try await source.cart(id, .shared, asOfNow: true) } == error)
        }
    }
}
