// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Logins

struct CredentialTests {
    @Test(arguments: ["Bearer a.b.c", "bearer a.b.c", "BEARER   a.b.c"])
    func threeSegmentsAreAJWT(header: String) throws {
        #expect(try Credential.parse(header) == .jwt("a.b.c"))
        #expect(try Credential.parse(header[...]) == .jwt("a.b.c"))
    }

    @Test(arguments: ["abc", "a.b", "a.b.c.d", "csk_0", "with spaces between", "äöü", "a,b", "Zm9v+/=="])
    func everythingElseIsAServiceKey(text: String) throws {
        #expect(try Credential.parse("Bearer \(text)") == .serviceKey(text))
    }

    @Test(arguments: ["", "Basic YTpi", "Bearertoken", "Bearer:x", " Bearer x", "Token x", "Bearer\tx", "Ｂearer x"])
    func otherSchemesAreNone(header: String) {
        #expect(throws: Credential.Fault.otherScheme) { try Credential.parse(header) }
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Bearer    ", "Bearer a.b.c ", "Bearer a\tb", "Bearer a\nb", "Bearer a\r\nb", "Bearer a\0", "Bearer a\u{7F}",
    ])
    func bearerWithoutUsableTextIsMalformed(header: String) {
        #expect(throws: Credential.Fault.malformed) { try Credential.parse(header) }
    }

    @Test(arguments: [Credential.jwt("canary"), .serviceKey("canary")])
    func credentialIsNeverPrinted(credential: Credential) {
        var dumped = ""
        dump(credential, to: &dumped)
        #expect(!(dumped + "\(credential) \([credential]) \(String(reflecting: credential))").contains("canary"))
    }
}
