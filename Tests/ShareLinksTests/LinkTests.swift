// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShareLinks

@Suite("The state and the power of a link")
struct LinkTests {
    private let end = Samples.now

    private func link(pauses: Set<PauseHolder> = [], revokedAt: Timestamp? = nil) -> Link {
        var link = Samples.link()
        link.expiresAt = end
        link.pauses = pauses
        link.revokedAt = revokedAt
        return link
    }

    @Test(arguments: [(Int64(-1), Link.Status.active), (0, .expired), (1, .expired)])
    func linkExpiresAtTheMomentItNames(offset: Int64, status: Link.Status) {
        #expect(link().status(at: Timestamp(milliseconds: end.milliseconds + offset)) == status)
    }

    @Test(arguments: PauseHolder.allCases)
    func anyHoldPausesUntilTheLinkExpires(holder: PauseHolder) {
        #expect(link(pauses: [holder]).status(at: end.adding(seconds: -1)) == .paused)
        #expect(link(pauses: [holder]).status(at: end) == .expired)
    }

    @Test func revokedLinkStaysRevokedWhateverElseHolds() {
        for moment in [-100, -1, 0, 1, 100] {
            let now = end.adding(seconds: Int64(moment))
            #expect(link(revokedAt: end.adding(seconds: -50)).status(at: now) == .revoked)
            #expect(link(pauses: Set(PauseHolder.allCases), revokedAt: end).status(at: now) == .revoked)
        }
    }

    @Test func eachHolderLiftsOnlyItsOwnPause() {
        var link = link(pauses: [.owner, .admin])
        link.pauses.remove(.owner)
        #expect(link.status(at: end.adding(seconds: -1)) == .paused)
        link.pauses.remove(.admin)
        #expect(link.status(at: end.adding(seconds: -1)) == .active)
    }

    /// Record and token may disagree after the owner narrowed the link, or after someone changed the record in the store.
    @Test(arguments: [
        (Audience.internal(.shop), Access.full, LinkMode.internalFull, Access.full),
        (.internal(.shop), .readOnly, .internalFull, .readOnly),
        (.internal(.shop), .full, .internalReadOnly, .readOnly),
        (.internal(.shop), .full, .externalReadOnly, .readOnly),
        (.internal(.shop), .readOnly, .internalReadOnly, .readOnly),
        (.external, .full, .internalFull, .readOnly),
        (.external, .full, .externalReadOnly, .readOnly),
        (.external, .readOnly, .externalReadOnly, .readOnly),
    ])
    func weakerOfRecordAndTokenHolds(audience: Audience, record: Access, token: LinkMode, access: Access) {
        let link = Samples.link(audience, mode: token, access: record)
        #expect(link.access(with: Samples.token(mode: token)) == access)
    }

    @Test func readOnlyIsWeakerThanFull() {
        #expect(Access.readOnly < .full && !(Access.full < .readOnly) && !(Access.full < .full) && !(Access.readOnly < .readOnly))
        #expect(Access.allCases.map(\.rawValue) == ["read-only", "full"])
    }

    @Test func linkFitsOnlyTheLifeOfTheCartItWasIssuedFor() {
        let link = Samples.link()
        #expect(link.fits(Samples.cart(owner: nil)))
        #expect(link.fits(Samples.cart(owner: nil, state: .locked)))
        #expect(!link.fits(Samples.cart(owner: nil, state: .ordered)))
        for (id, incarnation) in [("cart-1", Int64(8)), ("cart-1", 6), ("cart-2", 7)] {
            let cart = Cart(
                id: CartID(id)!,
                incarnation: Incarnation(incarnation),
                version: CartVersion(9),
                format: .cartlink,
                state: .open,
                owner: nil,
                name: nil,
                document: [],
                updatedAt: Samples.now
            )
            #expect(!link.fits(cart))
        }
    }

    @Test func authorIsTheOwnerElseTheService() {
        #expect(Link.Author(owner: Samples.buyer, service: "storefront").name == "company-user:cu-1")
        #expect(Link.Author(owner: Samples.consumer, service: nil).name == "user:berta")
        #expect(Link.Author(owner: nil, service: "storefront").name == "service:storefront")
    }
}
