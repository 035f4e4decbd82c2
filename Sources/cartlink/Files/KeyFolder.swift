// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// The folder of the link keys and the audit's key, outside the store: a stolen database holds no working link.
struct KeyFolder {
    let linkKeys: String
    let auditKey: String
    let realm: Realm

    enum Refusal: Error, CustomStringConvertible {
        case secret(SecretFile.Fault)
        case missing(String)
        case form(String, KeyFile.Fault)
        case ring(String, KeyRing.Refusal)
        case auditKey(String)
        case auditKeyMissing(String)
        case write(String, String)

        var description: String {
            switch self {
            case .secret(let fault): "\(fault)"
            case .missing(let path):
                "the key file \(path) is missing, but the store has links: put the file back, or bring another node's (keys.file names its place)"
            case .form(let path, let fault): "the key file \(path) can't be used: \(fault)"
            case .ring(let path, .noSigningKey): "the key file \(path) has no signing key: promote one with cartlink keys promote"
            case .ring(let path, .severalSigningKeys): "the key file \(path) has several signing keys: leave one, make the others verifying"
            case .ring(let path, .slotTwice(let slot)): "the key file \(path) has two keys in slot \(slot)"
            case .ring(let path, .keyTwice(let slot)): "the key file \(path) has the key of slot \(slot) in another slot too"
            case .auditKey(let path): "the audit key \(path) must be 32 bytes as 64 hex digits, and not all zero"
            case .auditKeyMissing(let path): "the audit key \(path) is missing: put it back beside the link keys"
            case .write(let path, let reason): "\(path) can't be written: \(reason)"
            }
        }
    }

    init(_ settings: Settings) {
        linkKeys = settings.keyFile
        auditKey = settings.auditKeyFile
        realm = settings.realm
    }

    func readKeys() throws(Refusal) -> KeyFile {
        let bytes: [UInt8]
        do {
            bytes = try SecretFile.read(linkKeys)
        } catch {
            throw .secret(error)
        }
        do {
            return try KeyFile(parsing: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw .form(linkKeys, error)
        }
    }

    func ring() throws(Refusal) -> KeyRing {
        let file = try readKeys()
        do {
            return try KeyRing(file.keys, realm: realm)
        } catch {
            throw .ring(linkKeys, error)
        }
    }

    func write(_ file: KeyFile) throws(Refusal) {
        do {
            try SecretFile.write(Array(file.text.utf8), to: linkKeys)
        } catch {
            throw .write(linkKeys, "\(error)")
        }
    }

    func auditChain() throws(Refusal) -> AuditChain {
        let bytes: [UInt8]
        do {
            bytes = try SecretFile.read(auditKey)
        } catch {
            throw error == .missing(auditKey) ? .auditKeyMissing(auditKey) : .secret(error)
        }
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard let key = Hex.bytes(of: text), let chain = AuditChain(key: key) else { throw .auditKey(auditKey) }
        return chain
    }

    /// Makes what is missing, for a store that is new; answers what it made. Of several nodes that start at once one makes each file.
    func makeMissing(at now: Timestamp) throws(Refusal) -> [String] {
        var made: [String] = []
        if !exists(linkKeys) {
            var file = KeyFile(keys: [])
            _ = file.addKey(secret: SecureRandom.bytes(32), created: now)
            if try make(Array(file.text.utf8), at: linkKeys) { made.append(linkKeys) }
        }
        if !exists(auditKey) {
            if try make(Array((Hex.text(of: SecureRandom.bytes(32)) + "\n").utf8), at: auditKey) { made.append(auditKey) }
        }
        return made
    }

    private func make(_ bytes: [UInt8], at path: String) throws(Refusal) -> Bool {
        do {
            return try SecretFile.make(bytes, at: path)
        } catch {
            throw .write(path, "\(error)")
        }
    }

    private func exists(_ path: String) -> Bool {
        do {
            _ = try SecretFile.read(path)
            return true
        } catch {
            return error != .missing(path)
        }
    }
}
