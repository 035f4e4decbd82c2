// SPDX-License-Identifier: Apache-2.0

@testable import ShareLinks

/// Keys, people, carts and links that many tests start from.
enum Samples {
    /// The bytes 1 to 32, as `bytes(range(1, 33))` in the script that made the known answers.
    static let secret = [UInt8](1...32)
    static let now = Timestamp(seconds: 1_800_000_000)
    static let realm = Realm(tenant: "default", host: "shop.example")!
    static let linkID = LinkID(high: 0x0011_2233_4455_6677, low: 0x8899_AABB_CCDD_EEFF)
    static let slotZero = KeySlot(rawValue: 0)!

    static func slot(_ number: UInt8) -> KeySlot { KeySlot(rawValue: number)! }

    static func key(_ slot: UInt8 = 0, secret: [UInt8] = secret, state: LinkKey.State = .signing) -> LinkKey {
        LinkKey(slot: self.slot(slot), secret: secret, created: now, state: state)!
    }

    /// A secret of 32 bytes that differs for every `number`.
    static func secret(_ number: UInt8) -> [UInt8] {
        [UInt8](repeating: 0xA0, count: 31) + [number]
    }

    static func ring(_ key: LinkKey = key(), realm: Realm = realm) -> KeyRing {
        try! KeyRing([key], realm: realm)
    }

    static func token(mode: LinkMode = .externalReadOnly) -> Token {
        ring().token(for: linkID, mode: mode, slot: slotZero)!
    }

    static func person(_ user: String, company: String? = nil, unit: String? = nil, companyUser: String? = nil) -> Person {
        Person(
            userID: UserID(user)!,
            companyID: company.map { CompanyID($0)! },
            businessUnitID: unit.map { BusinessUnitID($0)! },
            companyUserID: companyUser.map { CompanyUserID($0)! }
        )
    }

    static let buyer = person("anna", company: "acme", unit: "north", companyUser: "cu-1")
    static let consumer = person("berta")

    static func cart(owner: Person?, state: CartState = .open) -> Cart {
        Cart(
            id: CartID("cart-1")!,
            incarnation: Incarnation(7),
            version: CartVersion(9),
            format: .cartlink,
            state: state,
            owner: owner,
            name: nil,
            document: Array("{}".utf8),
            updatedAt: now
        )
    }

    static func link(_ audience: Audience = .external, mode: LinkMode? = nil, access: Access = .readOnly) -> Link {
        Link(
            id: linkID,
            cart: CartID("cart-1")!,
            incarnation: Incarnation(7),
            audience: audience,
            mode: mode ?? LinkMode(audience: audience, access: access),
            access: access,
            label: nil,
            showPrices: true,
            createdAt: now,
            serial: Serial(12),
            author: Link.Author(owner: buyer, service: nil),
            expiresAt: now.adding(seconds: 60),
            keySlot: slotZero,
            key: key().fingerprint
        )
    }
}
