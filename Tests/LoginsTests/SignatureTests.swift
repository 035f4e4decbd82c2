// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

/// Tokens of another implementation: the good ones are taken, every other is refused for its reason.
struct SignatureTests {
    @Test(arguments: Fixtures.all.valid.keys.sorted())
    func goodTokenIsTaken(name: String) async {
        let result = await outcome(of: Fixtures.all.valid[name]!, by: Fixtures.verifier)
        #expect(result == .success(Fixtures.ann))
    }

    @Test
    func goodTokenUnderASharedSecretIsTaken() async {
        #expect(await outcome(of: Fixtures.all.hs256, by: Fixtures.sharedVerifier) == .success(Fixtures.ann))
    }

    @Test(arguments: Fixtures.all.refused.keys.sorted())
    func badTokenIsRefusedForItsReason(name: String) async {
        let fixture = Fixtures.all.refused[name]!
        switch await outcome(of: fixture.token, by: Fixtures.verifier) {
        case .success: Issue.record("taken")
        case .failure(let fault): #expect("\(fault)" == fixture.fault)
        }
    }

    @Test(arguments: ["es256", "rs256", "ps256", "eddsa", "hs256"])
    func everyFlippedBitOfTheSignatureIsRefused(name: String) async throws {
        let token = Fixtures.all.valid[name] ?? Fixtures.all.hs256
        let verifier = name == "hs256" ? Fixtures.sharedVerifier : Fixtures.verifier
        let dot = try #require(token.lastIndex(of: "."))
        let signature = try #require(Base64URL.decode(token[token.index(after: dot)...].utf8))
        for bit in 0..<signature.count * 8 {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            let result = await outcome(of: token[...dot] + Base64URL.encode(changed), by: verifier)
            #expect(result == .failure(.badSignature), "bit \(bit)")
        }
    }

    @Test(arguments: 0..<32)
    func cutTagIsRefused(length: Int) async throws {
        let token = Fixtures.all.hs256
        let dot = try #require(token.lastIndex(of: "."))
        let tag = try #require(Base64URL.decode(token[token.index(after: dot)...].utf8))
        let result = await outcome(of: token[...dot] + Base64URL.encode(tag.prefix(length)), by: Fixtures.sharedVerifier)
        #expect(result == .failure(.badSignature))
    }

    @Test(arguments: ["es256", "rs256", "ps256", "eddsa", "hs256"], [1, 2, 64])
    func longerSignatureIsRefused(name: String, extra: Int) async throws {
        let token = Fixtures.all.valid[name] ?? Fixtures.all.hs256
        let dot = try #require(token.lastIndex(of: "."))
        let signature = try #require(Base64URL.decode(token[token.index(after: dot)...].utf8))
        let longer = String(token[...dot]) + Base64URL.encode(signature + [UInt8](repeating: 0, count: extra))
        let result = await outcome(of: longer, by: name == "hs256" ? Fixtures.sharedVerifier : Fixtures.verifier)
        #expect(result == .failure(.badSignature))
    }

    /// Each character of the whole token, replaced by one of each class: nothing but the canonical text may pass.
    @Test(arguments: ["es256", "eddsa", "hs256"])
    func everyChangedCharacterIsRefused(name: String) async {
        let token = Array((Fixtures.all.valid[name] ?? Fixtures.all.hs256).utf8)
        let verifier = name == "hs256" ? Fixtures.sharedVerifier : Fixtures.verifier
        for position in token.indices {
            for replacement in "Aa0-_.=+/ \0%é\n\"".utf8 where replacement != token[position] {
                var changed = token
                changed[position] = replacement
                let result = await outcome(of: String(decoding: changed, as: UTF8.self), by: verifier)
                #expect(throws: LoginFault.self, "position \(position), byte \(replacement)") { _ = try result.get() }
            }
        }
    }

    /// The last character of 64 bytes carries four bits that mean nothing: fifteen other texts for one signature.
    @Test
    func nonCanonicalEndingIsRefused() async throws {
        let token = Fixtures.all.valid["es256"]!
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for character in alphabet where character != token.last {
            let result = await outcome(of: token.dropLast() + String(character), by: Fixtures.verifier)
            #expect(throws: LoginFault.self) { _ = try result.get() }
        }
    }

    @Test
    func sharedSecretIsNoKeyOfAnAsymmetricIssuer() async {
        #expect(await outcome(of: Fixtures.all.hs256, by: Fixtures.verifier) == .failure(.algorithmNotAllowed))
    }

    @Test
    func otherSecretIsRefused() async throws {
        let token = Fixtures.signed(claims: Fixtures.claims(), secret: try LoginSecret([UInt8](repeating: 7, count: 32)))
        #expect(await outcome(of: token, by: Fixtures.sharedVerifier) == .failure(.badSignature))
    }

    @Test
    func algorithmOutsideTheListIsRefusedThoughTheKeyFits() async throws {
        let verifier = try LoginVerifier(issuers: [Fixtures.issuer(keys: .jwks { Fixtures.keySet("good") }, algorithms: [.ps256])])
        #expect(await outcome(of: Fixtures.all.valid["rs256 by a key without alg"]!, by: verifier) == .failure(.algorithmNotAllowed))
        #expect(await outcome(of: Fixtures.all.valid["ps256 by a key without alg"]!, by: verifier) == .success(Fixtures.ann))
    }

    @Test
    func concurrentChecksWithOneKeyAgree() async {
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                let name = ["es256", "rs256", "ps256", "eddsa"][index % 4]
                let isForged = index % 3 == 0
                group.addTask {
                    let token = Fixtures.all.valid[name]!
                    let sent = isForged ? token.dropLast(2) + (token.hasSuffix("AA") ? "BA" : "AA") : token
                    return await outcome(of: String(sent), by: Fixtures.verifier)
                        == (isForged ? .failure(.badSignature) : .success(Fixtures.ann))
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
