// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Writes links for the people who may manage them.
struct LinkWriter: Sendable {
    let sharing: Sharing
    /// `https://<host>`, without a final slash.
    let publicURL: String

    /// A link as its owner sees it, with the token and the URL to send while its key is in force.
    func owners(_ link: Link, for caller: Caller, at now: Timestamp) async throws(ShareError) -> JSON {
        owners(link, ofCart: try await sharing.name(of: link.cart, for: caller), at: now)
    }

    /// Links of one cart, whose name is looked up once.
    func owners(_ links: [Link], ofCart cart: CartID?, for caller: Caller, at now: Timestamp) async throws(ShareError) -> [JSON] {
        guard let cart else { return [] }
        let name = try await sharing.name(of: cart, for: caller)
        return links.map { owners($0, ofCart: name, at: now) }
    }

    /// - Parameter cart: what the reader calls the cart.
    private func owners(_ link: Link, ofCart cart: String, at now: Timestamp) -> JSON {
        let token = link.status(at: now) == .revoked ? nil : sharing.token(of: link)?.text
        return .object(
            link.members(ofCart: cart, at: now) + [
                ("url", token.map { .string("\(publicURL)/s/\($0)") }),
                ("token", token.map(JSON.string)),
            ]
        )
    }
}

extension Link {
    /// A link as administrators see it: no token, but whose and under which key.
    func administrators(at now: Timestamp) -> JSON {
        .object(
            members(ofCart: cart.text, at: now) + [
                ("ownerId", (author.owner?.userID.text).map(JSON.string)),
                ("companyId", (author.owner?.companyID?.text).map(JSON.string)),
                ("businessUnitId", (author.owner?.businessUnitID?.text).map(JSON.string)),
                ("keySlot", .number(Int64(keySlot.rawValue))),
                ("pausedBy", pauses.isEmpty ? nil : .array(pauses.map(\.rawValue).sorted().map(JSON.string))),
            ]
        )
    }

    fileprivate func members(ofCart cart: String, at now: Timestamp) -> [(String, JSON?)] {
        [
            ("id", .string(id.description)),
            ("cartId", .string(cart)),
            ("audience", .string(audience.name)),
            ("access", .string(access.rawValue)),
            ("within", (audience.circle?.kind.rawValue).map(JSON.string)),
            ("personId", audience.circle?.subject.map { .string($0.description) }),
            ("label", (label?.text).map(JSON.string)),
            ("showPrices", .bool(showPrices)),
            ("card", .string(card.rawValue)),
            ("snapshot", .bool(isSnapshot)),
            ("maxAccepts", maxAccepts.map { .number(Int64($0)) }),
            ("allowTakeOver", .bool(allowsTakeOver)),
            ("accepts", .number(Int64(accepts))),
            ("opens", opens.json),
            ("createdAt", .string(createdAt.description)),
            ("createdBy", .string(author.name)),
            ("expiresAt", .string(expiresAt.description)),
            ("status", .string(status(at: now).rawValue)),
            ("revokedAt", (revokedAt?.description).map(JSON.string)),
        ]
    }
}

extension LinkOpens {
    fileprivate var json: JSON {
        .object([
            ("people", .number(Int64(people))),
            ("robots", .number(Int64(robots))),
            // Always there, so that nobody takes "never" for "not known".
            ("lastAt", lastAt.map { .string($0.description) } ?? .null),
        ])
    }
}

extension Audience.Circle {
    fileprivate var subject: Subject? {
        if case .person(let subject) = self { subject } else { nil }
    }
}
