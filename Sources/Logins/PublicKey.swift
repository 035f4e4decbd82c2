// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// An issuer's public key, ready to check signatures.
///
/// `@unchecked Sendable`: the EVP_PKEY is complete before `init` returns and is never changed afterwards; each check has a
/// context of its own, and libcrypto counts references to the key atomically.
final class PublicKey: @unchecked Sendable {
    private let key: OpaquePointer

    private init?(_ key: OpaquePointer?) {
        guard let key else { return nil }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// A point on P-256 by its coordinates, 32 bytes each (RFC 7518 §6.2.1).
    convenience init?(p256X x: [UInt8], y: [UInt8]) {
        guard x.count == 32, y.count == 32 else { return nil }
        let point = [0x04] + x + y
        let key = point.withUnsafeBytes { point in
            Self.load("EC") { builder in
                OSSL_PARAM_BLD_push_utf8_string(builder, lasting("group"), lasting("P-256"), 0) == 1
                    && OSSL_PARAM_BLD_push_octet_string(builder, lasting("pub"), point.baseAddress, point.count) == 1
            }
        }
        self.init(key)
        guard Self.isOnCurve(self.key) else { return nil }
    }

    /// An RSA key of 2048 to 8192 bits with an odd exponent of 3 to 2^32 - 1: less is weak, more only costs time.
    convenience init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {
        guard let modulus = BN_bin2bn(modulus, Int32(clamping: modulus.count), nil) else { return nil }
        defer { BN_free(modulus) }
        guard let exponent = BN_bin2bn(exponent, Int32(clamping: exponent.count), nil) else { return nil }
        defer { BN_free(exponent) }
        guard (2048...8192).contains(BN_num_bits(modulus)), BN_is_odd(modulus) == 1 else { return nil }
        guard (2...32).contains(BN_num_bits(exponent)), BN_is_odd(exponent) == 1 else { return nil }
        self.init(
            Self.load("RSA") { builder in
                OSSL_PARAM_BLD_push_BN(builder, lasting("n"), modulus) == 1
                    && OSSL_PARAM_BLD_push_BN(builder, lasting("e"), exponent) == 1
            }
        )
    }

    /// An Ed25519 key of 32 bytes (RFC 8037 §2).
    convenience init?(ed25519 bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.init(EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count))
    }

    private static func load(_ type: String, _ fill: (OpaquePointer) -> Bool) -> OpaquePointer? {
        // The queue belongs to the thread; what is left in it would be read as another caller's failure.
        defer { ERR_clear_error() }
        guard let builder = OSSL_PARAM_BLD_new() else { return nil }
        defer { OSSL_PARAM_BLD_free(builder) }
        guard fill(builder), let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, cartlink_public_key_selection(), parameters) == 1
        else { return nil }
        return key
    }

    /// EVP_PKEY_fromdata promises no check of what it is given.
    private static func isOnCurve(_ key: OpaquePointer) -> Bool {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        return EVP_PKEY_public_check(context) == 1
    }

    /// Whether the signature over the message was made with this key by this algorithm.
    func verifies(_ signature: [UInt8], over message: ArraySlice<UInt8>, by algorithm: Algorithm) -> Bool {
        defer { ERR_clear_error() }
        let encoded: [UInt8]
        if algorithm == .es256 {
            guard let der = derSignature(fromRaw: signature) else { return false }
            encoded = der
        } else {
            encoded = signature
        }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var options: OpaquePointer?
        let digest = algorithm == .edDSA ? nil : EVP_sha256()
        guard EVP_DigestVerifyInit(context, &options, digest, nil, key) == 1, setPadding(options, algorithm) else { return false }
        return message.withUnsafeBufferPointer {
            EVP_DigestVerify(context, encoded, encoded.count, $0.baseAddress, $0.count) == 1
        }
    }

    private func setPadding(_ options: OpaquePointer?, _ algorithm: Algorithm) -> Bool {
        switch algorithm {
        case .es256, .edDSA: true
        case .hs256: false
        case .rs256: EVP_PKEY_CTX_set_rsa_padding(options, cartlink_rsa_padding_pkcs1()) == 1
        case .ps256:
            EVP_PKEY_CTX_set_rsa_padding(options, cartlink_rsa_padding_pss()) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 32) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(options, EVP_sha256()) == 1
        }
    }
}

/// A C string that lasts: the parameter builder keeps the pointer, and a `String`'s is gone after the call.
private func lasting(_ text: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// The DER form of a P-256 signature, which JWS writes as r and s of 32 bytes each (RFC 7518 §3.4).
private func derSignature(fromRaw raw: [UInt8]) -> [UInt8]? {
    guard raw.count == 64, let signature = ECDSA_SIG_new() else { return nil }
    defer { ECDSA_SIG_free(signature) }
    let r = BN_bin2bn(Array(raw[..<32]), 32, nil)
    let s = BN_bin2bn(Array(raw[32...]), 32, nil)
    guard r != nil, s != nil, ECDSA_SIG_set0(signature, r, s) == 1 else {
        BN_free(r)
        BN_free(s)
        return nil
    }
    var encoded: UnsafeMutablePointer<UInt8>?
    let length = i2d_ECDSA_SIG(signature, &encoded)
    guard length > 0, let encoded else { return nil }
    defer { cartlink_free(encoded) }
    return Array(UnsafeBufferPointer(start: encoded, count: Int(length)))
}
