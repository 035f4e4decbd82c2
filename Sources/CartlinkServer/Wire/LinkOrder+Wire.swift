// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension LinkOrder {
    /// Reads `{audience, access, within?, personId?, label?, expiresIn? | expiresAt?, showPrices?, card?, snapshot?, maxAccepts?,
    /// allowTakeOver?, onBehalfOf?}`.
    init(body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        fields.require("audience")
        fields.require("access")
        let audience: AudienceKind? = fields.choice("audience")
        let access: Access? = fields.choice("access")
        let circle: Audience.Circle.Kind? = fields.choice("within")
        let person = fields.text("personId") { Subject($0) }
        let label = fields.text("label") { LinkLabel($0) }
        let lifetime = fields.lifetime()
        let showPrices = fields.bool("showPrices")
        let card: LinkCard? = fields.choice("card")
        let isSnapshot = fields.bool("snapshot") ?? false
        let maxAccepts = fields.integer("maxAccepts")
        if let maxAccepts, !(1...10_000).contains(maxAccepts) { fields.add(.range, at: "maxAccepts") }
        let allowsTakeOver = fields.bool("allowTakeOver") ?? false
        let owner = try fields.nested("onBehalfOf") { $0.person() }
        try fields.finish()
        guard let audience, let access else { throw .invalidInput([]) }
        self.init(
            audience: audience,
            access: access,
            circle: circle,
            person: person,
            label: label,
            lifetime: lifetime,
            showPrices: showPrices,
            card: card ?? .neutral,
            isSnapshot: isSnapshot,
            maxAccepts: maxAccepts.map { Int($0) },
            allowsTakeOver: allowsTakeOver,
            onBehalfOf: owner
        )
    }
}

extension LinkChange {
    /// Reads `{access?, label?, expiresAt?, paused?}`; `label: null` removes the label.
    init(body: [UInt8]) throws(Problem) {
        var fields = try Fields(body)
        let access: Access? = fields.choice("access")
        let removesLabel = fields.isNull("label")
        let label = removesLabel ? nil : fields.text("label") { LinkLabel($0) }
        let expiresAt = fields.moment("expiresAt")
        let paused = fields.bool("paused")
        try fields.finish()
        self.init(access: access, label: removesLabel ? .some(nil) : label.map { $0 }, expiresAt: expiresAt, paused: paused)
    }
}

extension Fields {
    mutating func moment(_ name: String) -> Timestamp? {
        text(name) { Timestamp(rfc3339: $0) }
    }

    fileprivate mutating func lifetime() -> LinkOrder.Lifetime {
        let seconds = integer("expiresIn")
        let end = moment("expiresAt")
        if has("expiresIn"), has("expiresAt") { add(.both, at: "expiresAt") }
        return seconds.map(LinkOrder.Lifetime.seconds) ?? end.map(LinkOrder.Lifetime.until) ?? .standard
    }

    /// Reads `{userId, companyId?, businessUnitId?, companyUserId?}`.
    mutating func person() -> Person? {
        require("userId")
        let user = text("userId") { UserID($0) }
        let company = text("companyId") { CompanyID($0) }
        let unit = text("businessUnitId") { BusinessUnitID($0) }
        let companyUser = text("companyUserId") { CompanyUserID($0) }
        if has("companyId"), !has("companyUserId") { add(.companyUserMissing, at: "companyUserId") }
        if has("businessUnitId"), !has("companyId") { add(.unitWithoutCompany, at: "businessUnitId") }
        return user.map { Person(userID: $0, companyID: company, businessUnitID: unit, companyUserID: companyUser) }
    }
}
