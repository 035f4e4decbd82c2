// SPDX-License-Identifier: Apache-2.0

/// The keys of the machine callers, known only by their hashes.
package struct ServiceKeys: Sendable {
    /// What is wrong with the configured keys.
    package enum Fault: Error, Equatable, Sendable {
        /// A name must have the form of an id, because logs and the audit print it.
        case badName
        case duplicateName(String)
        /// Not `sha256:` and 64 hexadecimal digits.
        case badHash(service: String)
        /// Two services with one key couldn't be told apart.
        case duplicateHash(service: String)
    }

    /// A shorter key could be guessed.
    package static let shortestKey = 32

    private let entries: [(service: Service, hash: [UInt8])]

    package init(_ entries: [(service: Service, keyHash: String)]) throws(Fault) {
        var names: Set<String> = []
        var hashes: Set<[UInt8]> = []
        self.entries = try entries.map { (service, text) throws(Fault) in
            guard isIdentifier(service.name.utf8) else { throw .badName }
            guard names.insert(service.name).inserted else { throw .duplicateName(service.name) }
            guard let hash = Self.bytes(ofHash: text) else { throw .badHash(service: service.name) }
            guard hashes.insert(hash).inserted else { throw .duplicateHash(service: service.name) }
            return (service, hash)
        }
    }

    /// The service that holds this key. Every entry is compared in constant time, whichever fits.
    package func service(for key: some StringProtocol) -> Service? {
        guard key.utf8.count >= Self.shortestKey else { return nil }
        let hash = sha256(Array(key.utf8))
        var found: Service?
        for entry in entries where isEqualInConstantTime(entry.hash, hash) { found = entry.service }
        return found
    }

    /// A new key: `csk_` and 43 letters or digits, which is 256 bits.
    package static func newKey(using random: inout some RandomNumberGenerator) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return "csk_" + String((0..<43).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
    }

    /// The hash of a key as the configuration writes it.
    package static func hash(of key: some StringProtocol) -> String {
        let digits = Array("0123456789abcdef")
        return "sha256:" + String(sha256(Array(key.utf8)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func bytes(ofHash text: String) -> [UInt8]? {
        let digits = Array(text.utf8.dropFirst(7))
        guard text.hasPrefix("sha256:"), digits.count == 64 else { return nil }
        let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard values.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
