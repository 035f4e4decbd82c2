// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

/// `vtex-orderform-masked`: the same as `vtex-orderform` but for the stars.
@Suite struct MaskedPolicyTests {
    @Test func differsFromThePlainOneOnlyInItsMasks() {
        let plain = SampleCarts.lines(of: "vtex-orderform")
        let masked = SampleCarts.lines(of: "vtex-orderform-masked")
        #expect(plain.count == masked.count)
        var kinds: [Substring: Set<Substring>] = [:]
        for (plain, masked) in zip(plain, masked) where plain != masked {
            #expect(plain[2...3] == ["drop", "drop"], "\(plain[0])")
            #expect(masked[2].hasPrefix("mask:") && masked[2] == masked[3], "\(masked[0])")
            #expect(plain[..<2] == masked[..<2] && plain[4] == masked[4], "\(masked[0])")
            kinds[masked[0].split(separator: ".").last!, default: []].insert(masked[2])
        }
        // Wherever a field stands, it is drawn in one way: these are the fields VTEX draws, and the e-mail address.
        #expect(
            kinds == [
                "email": ["mask:email"], "firstName": ["mask:name"], "lastName": ["mask:name"], "receiverName": ["mask:name"],
                "document": ["mask:tail"], "phone": ["mask:tail"], "postalCode": ["mask:tail"], "city": ["mask:place"],
                "neighborhood": ["mask:place"], "street": ["mask:street"], "number": ["mask:hidden"], "complement": ["mask:hidden"],
                "reference": ["mask:hidden"], "state": ["mask:hidden"], "geoCoordinates[]": ["mask:hidden"],
            ]
        )
    }

    @Test("what is masked is named as masked, the same for every cart", arguments: [Viewer.guest, .member])
    func isToldOfMasks(viewer: Viewer) throws {
        let removed = try SampleCarts.policy("vtex-orderform-masked").removed(for: viewer)
        let masked = SampleCarts.lines(of: "vtex-orderform-masked").filter { $0[2].hasPrefix("mask:") }.map { String($0[0]) }
        #expect(removed.filter { $0.reason == .masked }.map(\.path) == masked)
        // Where something is masked, what stands beside it is named by itself.
        #expect(removed.contains(Removal(path: "clientProfileData.corporateName", reason: .personal)))
        #expect(!removed.contains { $0.path == "clientProfileData.**" })
        let plain = try SampleCarts.policy("vtex-orderform").removed(for: viewer)
        #expect(!plain.contains { $0.reason == .masked } && plain.contains { $0.path == "clientProfileData.**" })
    }

    @Test func masksAreNoRemovalForThoseWhoSeePlain() throws {
        let policy = try Policy(name: "p", file: "p", text: "a personal mask:name show show\nb.c personal mask:tail drop drop")
        #expect(policy.removed(for: .guest) == [Removal(path: "a", reason: .masked), Removal(path: "b.c", reason: .masked)])
        #expect(policy.removed(for: .member) == [Removal(path: "b.**", reason: .personal)])
        #expect(policy.removed(for: .owner) == [Removal(path: "b.**", reason: .personal)])
        #expect(policy.removed(for: .service).map(\.reason) == [.personal, .personal])
    }

    /// A shop might take stars for data and store them.
    @Test func theOwnerGetsNoStars() throws {
        let cart = SampleCarts.orderForm.replacing("*", with: "x")
        let seen = try SampleCarts.policy("vtex-orderform-masked").project(Array(cart.utf8), for: .owner, options: SampleCarts.options)
        #expect(!seen.contains(UInt8(ascii: "*")))
        let plain = try SampleCarts.policy("vtex-orderform").project(Array(cart.utf8), for: .owner, options: SampleCarts.options)
        #expect(seen == plain)
    }
}
