// SPDX-License-Identifier: Apache-2.0

/// A signed token in compact form (RFC 7515 §7.1), taken apart but not yet believed.
struct CompactToken {
    let algorithm: Algorithm
    /// The `kid` header.
    let keyId: [UInt8]?
    let claims: JSON.Object
    /// What the signature covers: the first two segments and the dot between them.
    let signingInput: ArraySlice<UInt8>
    let signature: [UInt8]

    static let sizeLimit = 8192

    /// Takes the token apart; whatever `jku`, `x5u`, `x5c` or `jwk` say about keys is not even read.
    init(_ text: some StringProtocol) throws(LoginFault) {
        guard text.utf8.count <= Self.sizeLimit else { throw .malformed }
        let bytes = Array(text.utf8)
        let segments = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3, let signature = Base64URL.decode(segments[2]) else { throw .malformed }
        let header = try Self.object(segments[0])
        claims = try Self.object(segments[1])
        signingInput = bytes[..<segments[1].endIndex]
        self.signature = signature

        try Self.checkExtensions(header)
        guard let name = header["alg"]?.string else { throw .algorithmNotAllowed }
        guard let algorithm = Algorithm(name: name) else { throw .algorithmNotAllowed }
        self.algorithm = algorithm
        switch header["kid"] {
        case nil: keyId = nil
        case .string(let id): keyId = id
        default: throw .malformed
        }
    }

    private static func object(_ segment: ArraySlice<UInt8>) throws(LoginFault) -> JSON.Object {
        guard let bytes = Base64URL.decode(segment), let json = try? JSONReader.read(bytes), let object = json.object
        else { throw .malformed }
        return object
    }

    /// Refuses every extension (RFC 7515 §4.1.11), unencoded payloads (RFC 7797) and other kinds of token (RFC 8725 §3.11).
    private static func checkExtensions(_ header: JSON.Object) throws(LoginFault) {
        guard header["crit"] == nil else { throw .unsupportedHeader }
        guard [nil, .bool(true)].contains(header["b64"]) else { throw .unsupportedHeader }
        guard let type = header["typ"] else { return }
        guard let name = type.string else { throw .malformed }
        let lowercase = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard ["jwt", "at+jwt", "application/at+jwt"].contains(where: { lowercase.elementsEqual($0.utf8) }) else {
            throw .unsupportedHeader
        }
    }
}
