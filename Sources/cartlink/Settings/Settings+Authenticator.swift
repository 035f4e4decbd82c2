// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CartlinkServer
import Logins
import ShareLinks

extension Settings {
    func authenticator(client: HTTPClient) throws(SettingsFaults) -> Authenticator {
        Authenticator(
            logins: try issuers.verifier(ownerClaim: source?.ownerClaim) { JWKSFetch.url($0, through: client) },
            services: try services.keys(),
            cookie: cookie,
            ownOrigin: publicURL.text
        )
    }
}

extension [IssuerSettings] {
    /// - Parameters:
    ///   - ownerClaim: the claim that is compared with what a platform's cart says of its owner.
    ///   - fetch: makes the fetch of a JWK set from its address.
    func verifier(
        ownerClaim: String? = nil,
        fetch: (String) -> @Sendable () async throws -> [UInt8]
    ) throws(SettingsFaults) -> LoginVerifier {
        do {
            return try LoginVerifier(
                issuers: try map { settings throws(IssuerFault) in try settings.issuer(ownerClaim: ownerClaim, fetch: fetch) }
            )
        } catch {
            throw SettingsFaults(lines: ["identity.issuers: \(error)"])
        }
    }
}

extension [Settings.ServiceSettings] {
    func keys() throws(SettingsFaults) -> ServiceKeys<ServiceAccount> {
        do {
            return try ServiceKeys(map { ($0.account.name, $0.account, $0.keyHash) })
        } catch {
            throw SettingsFaults(lines: ["services: \(error.text)"])
        }
    }
}

extension IssuerSettings {
    fileprivate func issuer(
        ownerClaim: String?,
        fetch: (String) -> @Sendable () async throws -> [UInt8]
    ) throws(IssuerFault) -> Issuer {
        let source: Issuer.KeySource =
            switch keys {
            case .jwksFile(let path): .jwks(JWKSFetch.file(path))
            case .jwksURL(let url): .jwks(fetch(url))
            case .secret(let secret): .secret(secret)
            }
        return try Issuer(
            issuer: issuer,
            audience: audience,
            algorithms: algorithms,
            keys: source,
            claims: claims,
            prefix: prefix,
            ownerClaim: ownerClaim
        )
    }
}

extension ServiceKeyFault {
    fileprivate var text: String {
        switch self {
        case .badName: "a name must begin with a letter or digit and go on with letters, digits or . _ ~ -"
        case .duplicateName(let name): "two services are named \(name)"
        case .badHash(let name): "the keyHash of \(name) must be sha256: and 64 hex digits; cartlink service-key prints one"
        case .duplicateHash(let name): "\(name) has another service's key"
        }
    }
}
