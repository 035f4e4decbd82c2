// SPDX-License-Identifier: Apache-2.0

/// The keys of the machine callers, known only by their hashes, each with whom it stands for.
package struct ServiceKeys<Holder: Sendable>: Sendable {
    private let entries: [(holder: Holder, hash: [UInt8])]

    package init(_ entries: [(name: String, holder: Holder, keyHash: String)]) throws(ServiceKeyFault) {
        var names: Set<String> = []
        var hashes: Set<[UInt8]> = []
        self.entries = try entries.map { (name, holder, text) throws(ServiceKeyFault) in
            guard isIdentifier(name.utf8) else { throw .badName }
            guard names.insert(name).inserted else { throw .duplicateName(name) }
            guard let hash = ServiceKey.bytes(ofHash: text) else { throw .badHash(service: name) }
            guard hashes.insert(hash).inserted else { throw .duplicateHash(service: name) }
            return (holder, hash)
        }
    }

    /// Whom this key stands for. Every entry is compared in constant time, whichever fits.
    package func holder(of key: some StringProtocol) -> Holder? {
        guard key.utf8.count >= ServiceKey.shortest else { return nil }
        let hash = sha256(Array(key.utf8))
        var found: Holder?
        for entry in entries where isEqualInConstantTime(entry.hash, hash) { found = entry.holder }
        return found
    }
}

/// What is wrong with the configured keys.
package enum ServiceKeyFault: Error, Equatable, Sendable {
    /// A name must have the form of an id, because logs and the audit print it.
    case badName
    case duplicateName(String)
    /// Not `sha256:` and 64 hexadecimal digits.
    case badHash(service: String)
    /// Two services with one key couldn't be told apart.
    case duplicateHash(service: String)
}
