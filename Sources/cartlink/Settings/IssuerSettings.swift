// SPDX-License-Identifier: Apache-2.0

import Logins

/// One identity provider as the configuration names it.
struct IssuerSettings {
    let issuer: String
    let audience: String
    let algorithms: [Algorithm]
    let keys: Keys
    let claims: Issuer.ClaimNames
    let prefix: String?

    enum Keys {
        case jwksFile(String)
        case jwksURL(String)
        case secret(LoginSecret)
    }
}

extension SettingReader {
    mutating func issuers() -> [IssuerSettings] {
        elements("identity.issuers").compactMap { key in issuer(at: key) }
    }

    private mutating func issuer(at key: String) -> IssuerSettings? {
        let issuer = string("\(key).issuer")
        let audience = string("\(key).audience")
        let names = strings("\(key).algorithms") ?? []
        let algorithms = names.compactMap(Algorithm.init(rawValue:))
        let claims = Issuer.ClaimNames(
            user: string("\(key).claims.user") ?? "sub",
            company: string("\(key).claims.company"),
            businessUnit: string("\(key).claims.businessUnit"),
            companyUser: string("\(key).claims.companyUser")
        )
        let prefix = string("\(key).prefix")
        if issuer == nil { add("is missing", key: "\(key).issuer") }
        if audience == nil { add("is missing", key: "\(key).audience") }
        if algorithms.count != names.count || names.isEmpty {
            add("must list some of \(Algorithm.allCases.map(\.rawValue).joined(separator: ", "))", key: "\(key).algorithms")
        }
        guard let keys = issuerKeys(at: key), let issuer, let audience else { return nil }
        return IssuerSettings(issuer: issuer, audience: audience, algorithms: algorithms, keys: keys, claims: claims, prefix: prefix)
    }

    private mutating func issuerKeys(at key: String) -> IssuerSettings.Keys? {
        let jwks = string("\(key).jwks")
        let secretFile = string("\(key).secretFile")
        switch (jwks, secretFile) {
        case (let jwks?, nil):
            if jwks.hasPrefix("https://") || jwks.isLoopbackURL { return .jwksURL(jwks) }
            guard !jwks.contains("://") else {
                add("must be an https: address, or a file; plain http: only on this machine's own loopback", key: "\(key).jwks")
                return nil
            }
            return .jwksFile(jwks)
        case (nil, let path?):
            do {
                return .secret(try LoginSecret(fileContents: try SecretFile.read(path)))
            } catch {
                add("can't be used: \(error)", key: "\(key).secretFile")
                return nil
            }
        case (nil, nil), (.some, .some):
            add("needs either jwks or secretFile", key: key)
            return nil
        }
    }
}

extension String {
    fileprivate var isLoopbackURL: Bool {
        ["http://127.0.0.1:", "http://127.0.0.1/", "http://localhost:", "http://localhost/"].contains { hasPrefix($0) }
    }
}
