// SPDX-License-Identifier: Apache-2.0

import CartSources
import OutgoingHTTP
import ShareLinks

/// Where carts live: pushed to us, or on the shop's platform.
extension SettingReader {
    /// Nil where carts are pushed.
    mutating func cartSource() -> SourceSettings? {
        let kinds = ["embedded", "vtex", "spryker", "http"]
        let kind = value("carts.source", "embedded", "embedded, vtex, spryker or http") { kinds.contains($0) ? $0 : nil }
        var chosen: SourceSettings?
        for other in kinds.dropFirst() {
            // A section that isn't chosen may stand there, and is checked like the others.
            let found = other == kind || has("carts.\(other)") ? section(other) : nil
            if other == kind { chosen = found }
        }
        return chosen
    }

    private mutating func section(_ kind: String) -> SourceSettings? {
        switch kind {
        case "vtex": vtex(at: "carts.vtex")
        case "spryker": spryker(at: "carts.spryker")
        default: http(at: "carts.http")
        }
    }

    private mutating func vtex(at key: String) -> SourceSettings? {
        var headers: [(String, String)] = []
        let keys = [("appKeyFile", "X-VTEX-API-AppKey"), ("appTokenFile", "X-VTEX-API-AppToken")]
        for (name, header) in keys {
            if let secret = secretLine("\(key).\(name)") { headers.append((header, secret)) }
        }
        if has("\(key).appKeyFile") != has("\(key).appTokenFile") { add("needs both appKeyFile and appTokenFile, or none", key: key) }
        let channel = optional("\(key).salesChannel", "a number") { $0.allSatisfy(\.isNumber) && !$0.isEmpty }
        let seller = value("\(key).seller", "1", "letters and digits") { text in
            (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(\.isASCIILetterOrDigit) ? text : nil
        }
        let match = ownerMatch(at: key)
        return source(
            at: key,
            .vtex(VTEXSettings(salesChannel: channel, defaultSeller: seller, owner: match?.match)),
            url: platformURL("\(key).url"),
            headers,
            match?.claim
        )
    }

    private mutating func spryker(at key: String) -> SourceSettings? {
        let headers = secretLine("\(key).tokenFile").map { [("Authorization", "Bearer \($0)")] } ?? []
        let match = ownerMatch(at: key)
        return source(
            at: key,
            .spryker(SprykerSettings(owner: match?.match)),
            url: platformURL("\(key).url"),
            headers,
            match?.claim
        )
    }

    static func headerName(_ text: String) -> String? {
        !text.isEmpty && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") } ? text : nil
    }

    mutating func source(
        at key: String,
        _ platform: SourceSettings.Platform,
        url: EndpointURL?,
        _ headers: [(String, String)],
        _ claim: String?
    ) -> SourceSettings? {
        let freshFor = value("\(key).freshFor", 2, "a time from 0s to 60s, like 2s") { text in
            text == "0s" ? 0 : Quantities.seconds(text).flatMap { $0 <= 60 ? $0 : nil }
        }
        let allowsPrivateAddresses = bool("\(key).allowPrivateAddresses", false)
        guard let url else { return nil }
        return SourceSettings(
            platform: platform,
            url: url,
            allowsPrivateAddresses: allowsPrivateAddresses,
            headers: SecretHeaders(headers),
            freshFor: .seconds(freshFor),
            ownerClaim: claim
        )
    }

    /// The faults don't repeat the address.
    mutating func platformURL(_ key: String, _ text: String? = nil) -> EndpointURL? {
        guard let text = text ?? string(key) else {
            add("is missing", key: key)
            return nil
        }
        let section = key.split(separator: ".").dropLast().joined(separator: ".")
        let allowsPlain = bool("\(section).allowPrivateAddresses", false)
        return endpointURL(text, of: key, allowsPlain: allowsPlain, like: "https://shop.example")
    }

    mutating func ownerMatch(at key: String) -> (match: OwnerMatch, claim: String)? {
        guard has("\(key).ownerMatch") else { return nil }
        let path = memberPath("\(key).ownerMatch.path")
        let claim = string("\(key).ownerMatch.claim")
        guard let path, let claim, !claim.isEmpty else {
            add("needs a path in the cart, like clientProfileData.email, and a claim of logins, like email", key: "\(key).ownerMatch")
            return nil
        }
        return (OwnerMatch(path: path), claim)
    }

    mutating func memberPath(_ key: String) -> MemberPath? {
        guard let text = string(key) else { return nil }
        guard let path = MemberPath(text) else {
            add("must be names with dots between, like data.cart", key: key)
            return nil
        }
        return path
    }

    mutating func optional(_ key: String, _ form: String, _ isGood: (String) -> Bool) -> String? {
        guard let text = string(key) else { return nil }
        if !isGood(text) { add("must be \(form)", key: key) }
        return text
    }

    /// What goes out in a header.
    mutating func secretLine(_ key: String) -> String? {
        secretLine(key, "the secret", "on one line of ASCII") { line in line.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
    }
}
