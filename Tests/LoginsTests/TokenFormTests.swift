// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import Testing

@testable import Logins

/// Headers and claims under a good signature: only their form is at fault.
struct TokenFormTests {
    private func result(header: String = #"{"alg":"HS256"}"#, claims: String = Fixtures.claims()) async -> Result<Login, LoginFault> {
        await outcome(of: Fixtures.signed(header: header, claims: claims), by: Fixtures.sharedVerifier)
    }

    @Test(arguments: [
        #"{"alg":"HS256"}"#, #"{"alg":"HS256","typ":"JWT"}"#, #"{"alg":"HS256","typ":"jwt"}"#, #"{"alg":"HS256","typ":"AT+JWT"}"#,
        #"{"alg":"HS256","typ":"application/at+jwt"}"#, #"{"alg":"HS256","b64":true}"#, #" { "\u0061lg" : "HS25\u0036" } "#,
        #"{"alg":"HS256","kid":"any","x":{"y":[1,null,-0.5e-3]}}"#,
    ])
    func goodHeaderIsTaken(header: String) async {
        #expect(await result(header: header) == .success(Fixtures.ann))
    }

    @Test(arguments: [
        #"{"alg":"HS256","alg":"HS256"}"#, #"{"alg":"none","alg":"HS256"}"#, #"{"alg":"HS256","\u0061lg":"none"}"#, #"["HS256"]"#,
        #""HS256""#,
        "null", "7", "{}{}", #"{"alg":"HS256"},"#, #"{"alg":"HS256",}"#, #"{alg:"HS256"}"#, #"{'alg':'HS256'}"#, #"{"alg":"HS256"} x"#,
        "\u{FEFF}{\"alg\":\"HS256\"}", #"{"alg":"HS256","x":{"a":1,"a":2}}"#, #"{"alg":"HS256","x":"\ud800"}"#,
        #"{"alg":"HS256","x":"\x41"}"#,
        "{\"alg\":\"HS256\",\"x\":\"\t\"}", #"{"alg":"HS256" /* c */}"#, #"{"alg":"HS256""#, "", #"{"alg":"HS256","kid":7}"#,
    ])
    func headerMustBeOneStrictObject(header: String) async {
        #expect(await result(header: header) == .failure(.malformed))
    }

    @Test(arguments: ["sub", "exp", "aud", "iss", "extra"])
    func claimNamedTwiceIsRefused(name: String) async {
        let claims = Fixtures.claims(["extra": "1"])
        #expect(await result(claims: claims) == .success(Fixtures.ann))
        #expect(await result(claims: claims.dropLast() + #","\#(name)":1}"#) == .failure(.malformed))
    }

    @Test(arguments: ["[]", #""text""#, "null", "", "{", "[{}]"])
    func claimsMustBeAnObject(claims: String) async {
        #expect(await result(claims: claims) == .failure(.malformed))
    }

    @Test
    func invalidUTF8IsRefused() async {
        let start = Array(Fixtures.claims().utf8.dropLast())
        for bad: [UInt8] in [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]] {
            let claims = start + Array(#","x":""#.utf8) + bad + Array(#""}"#.utf8)
            let token = Fixtures.signed(header: Array(#"{"alg":"HS256"}"#.utf8), claims: claims)
            #expect(await outcome(of: token, by: Fixtures.sharedVerifier) == .failure(.malformed))
        }
    }

    @Test
    func depthIsBounded() async {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(await result(claims: Fixtures.claims(["x": deep])) == .failure(.malformed))
        let fine = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
        #expect(await result(claims: Fixtures.claims(["x": fine])) == .success(Fixtures.ann))
    }

    @Test
    func sizeIsBounded() async throws {
        let rest = Fixtures.signed(claims: Fixtures.claims(["x": #""""#])).utf8.count
        let filler = (8192 - rest) * 3 / 4
        let largest = Fixtures.signed(claims: Fixtures.claims(["x": "\"\(String(repeating: "x", count: filler - 2))\""]))
        #expect((8180...8192).contains(largest.utf8.count))
        #expect(await outcome(of: largest, by: Fixtures.sharedVerifier) == .success(Fixtures.ann))
        let tooLarge = Fixtures.signed(claims: Fixtures.claims(["x": "\"\(String(repeating: "x", count: filler + 6))\""]))
        #expect(tooLarge.utf8.count > 8192)
        #expect(await outcome(of: tooLarge, by: Fixtures.sharedVerifier) == .failure(.malformed))
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func randomEditsAreRefused(seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        let tokens = Fixtures.all.valid.values.sorted()
        for _ in 0..<100 {
            let token = Array(tokens.randomElement(using: &random)!.utf8)
            var edited = token
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let start = Int.random(in: 0..<edited.count, using: &random)
                let end = min(edited.count, start + Int.random(in: 0...4, using: &random))
                let source = Int.random(in: 0..<token.count, using: &random)
                let piece = token[source..<min(token.count, source + Int.random(in: 0...4, using: &random))]
                edited.replaceSubrange(start..<end, with: piece)
            }
            let result = await outcome(of: String(decoding: edited, as: UTF8.self), by: Fixtures.verifier)
            // An edit may put back what was there.
            #expect(result == .success(Fixtures.ann) ? edited == token : edited != token)
        }
    }

    @Test
    func substringsAreTaken() async throws {
        let header = "Bearer " + Fixtures.all.hs256
        #expect(try await Fixtures.sharedVerifier.verify(header.dropFirst(7), at: Fixtures.now) == Fixtures.ann)
    }

    @Test
    func faultsCarryNothing() {
        for fault in LoginFault.allCases { #expect(Mirror(reflecting: fault).children.isEmpty) }
    }
}
