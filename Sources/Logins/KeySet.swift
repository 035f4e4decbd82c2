// SPDX-License-Identifier: Apache-2.0

/// The keys of a JWK set (RFC 7517 §5) that can check logins, by `kid`.
package struct KeySet: Sendable {
    /// A public key and the algorithms it may be used with.
    struct Key: Sendable {
        let publicKey: PublicKey
        let algorithms: [Algorithm]
    }

    let keys: [[UInt8]: Key]
    /// How many of the set's keys are of no use here; they don't spoil the others.
    package let skipped: Int
    package var count: Int { keys.count }

    package static let sizeLimit = 1 << 20

    /// Reads a set, or nothing if it is no JWK set, too large or without a usable key.
    ///
    /// A `kid` that two usable keys share makes both unusable: which one a token means would be a guess.
    package init?(parsing bytes: [UInt8], algorithms: [Algorithm]) {
        guard bytes.count <= Self.sizeLimit,
            let json = try? JSONReader.read(bytes, keepingAmbiguousObjects: true),
            case .array(let entries) = json.object?["keys"]
        else { return nil }
        var keys: [[UInt8]: Key] = [:]
        var shared: Set<[UInt8]> = []
        for entry in entries {
            guard let jwk = entry.object, let (id, key) = Self.key(jwk, allowed: algorithms) else { continue }
            if keys.updateValue(key, forKey: id) != nil { shared.insert(id) }
        }
        self.keys = keys.filter { !shared.contains($0.key) }
        skipped = entries.count - self.keys.count
        if self.keys.isEmpty { return nil }
    }

    private static func key(_ jwk: JSON.Object, allowed: [Algorithm]) -> (id: [UInt8], key: Key)? {
        guard let id = jwk["kid"]?.string, !id.isEmpty, isForVerifying(jwk) else { return nil }
        guard let (publicKey, fitting) = material(jwk) else { return nil }
        var algorithms = fitting.filter(allowed.contains)
        if let named = jwk["alg"] {
            guard let name = named.string, let algorithm = Algorithm(name: name) else { return nil }
            algorithms = algorithms.filter { $0 == algorithm }
        }
        return algorithms.isEmpty ? nil : (id, Key(publicKey: publicKey, algorithms: algorithms))
    }

    /// Whether `use` and `key_ops`, where present, allow checking signatures (RFC 7517 §4.2, §4.3).
    private static func isForVerifying(_ jwk: JSON.Object) -> Bool {
        if let use = jwk["use"], !use.isText("sig") { return false }
        guard let operations = jwk["key_ops"] else { return true }
        guard case .array(let names) = operations else { return false }
        return names.contains { $0.isText("verify") }
    }

    /// The public key and the algorithms that its type fits. Symmetric keys have no place in a public set.
    private static func material(_ jwk: JSON.Object) -> (PublicKey, [Algorithm])? {
        func bytes(_ name: String) -> [UInt8]? { jwk[name]?.string.flatMap { Base64URL.decode($0) } }
        guard let type = jwk["kty"] else { return nil }
        if type.isText("EC"), jwk["crv"]?.isText("P-256") == true, let x = bytes("x"), let y = bytes("y") {
            return PublicKey(p256X: x, y: y).map { ($0, [.es256]) }
        }
        if type.isText("RSA"), let modulus = bytes("n"), let exponent = bytes("e") {
            return PublicKey(rsaModulus: modulus, exponent: exponent).map { ($0, [.rs256, .ps256]) }
        }
        if type.isText("OKP"), jwk["crv"]?.isText("Ed25519") == true, let x = bytes("x") {
            return PublicKey(ed25519: x).map { ($0, [.edDSA]) }
        }
        return nil
    }
}
