// SPDX-License-Identifier: Apache-2.0

/// Decides whether a token is a login of one of the issuers (RFC 7519 §7.2 with the rules of RFC 8725).
package struct LoginVerifier: Sendable {
    private enum Keys: Sendable {
        case cached(CachedKeys)
        case secret(LoginSecret)
    }

    private let issuers: [[UInt8]: (issuer: Issuer, keys: Keys)]

    /// Takes the issuers; with several, each needs a prefix and none may begin another's.
    package init(issuers: [Issuer]) throws(IssuerFault) {
        var byName: [[UInt8]: (issuer: Issuer, keys: Keys)] = [:]
        for issuer in issuers {
            let keys: Keys =
                switch issuer.keySource {
                case .secret(let secret): .secret(secret)
                case .jwks(let fetch): .cached(CachedKeys(algorithms: issuer.algorithms, fetch: fetch))
                }
            guard byName.updateValue((issuer, keys), forKey: Array(issuer.issuer.utf8)) == nil else { throw .duplicateIssuer }
        }
        if issuers.count > 1 {
            let prefixes = issuers.compactMap(\.prefix).sorted()
            guard prefixes.count == issuers.count else { throw .prefixMissing }
            // Sorted, a prefix stands directly before what it begins.
            guard zip(prefixes, prefixes.dropFirst()).allSatisfy({ !$1.hasPrefix($0) }) else { throw .prefixesOverlap }
        }
        self.issuers = byName
    }

    /// The login that the token is at `now`, in seconds since 1970.
    ///
    /// It waits for the network only where an issuer's keys have to be fetched.
    package func verify(_ token: some StringProtocol, at now: Int64) async throws(LoginFault) -> Login {
        let token = try CompactToken(token)
        guard let name = token.claims["iss"]?.string, let (issuer, keys) = issuers[name] else { throw .unknownIssuer }
        guard issuer.algorithms.contains(token.algorithm) else { throw .algorithmNotAllowed }
        let now = min(max(now, 0), Claims.latestTime)
        try await checkSignature(of: token, keys, at: now)
        return try Claims(token.claims).login(from: issuer, at: now)
    }

    private func checkSignature(of token: CompactToken, _ keys: Keys, at now: Int64) async throws(LoginFault) {
        switch keys {
        case .secret(let secret):
            let tag = hmacSHA256(key: secret.bytes, token.signingInput)
            guard isEqualInConstantTime(tag, token.signature) else { throw .badSignature }
        case .cached(let keys):
            guard let id = token.keyId else { throw .unknownKey }
            let key = try await keys.key(id, at: now)
            guard key.algorithms.contains(token.algorithm) else { throw .algorithmNotAllowed }
            guard key.publicKey.verifies(token.signature, over: token.signingInput, by: token.algorithm) else { throw .badSignature }
        }
    }
}
