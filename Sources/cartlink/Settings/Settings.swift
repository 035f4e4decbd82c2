// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Logins
import Redaction
import ShareLinks

/// The configuration of one node, checked; `config/cartlink.yaml` tells what each key means.
struct Settings {
    var publicAddress: ServerSettings.Address
    var publicURL: PublicURL
    var adminAddress: ServerSettings.Address
    var realm: Realm
    var dataFolder: String
    var keyFile: String
    /// Read and checked only for commands that project carts.
    var policies: [CartFormat: Policy]
    var rules: SharingRules
    var limits: Limits
    var cookie: String?
    var issuers: [IssuerSettings]
    var shop: Shop
    var services: [ServiceSettings]

    struct Limits {
        var badTokensPerMinute: Int
        var connections: Int
        var trustedProxies: Set<String>
        var diskReserve: Int64
    }

    struct ServiceSettings {
        let account: ServiceAccount
        let keyHash: String
    }

    /// The folder of the key file also holds the audit's key.
    var auditKeyFile: String {
        let folder = keyFile.contains("/") ? String(keyFile[..<keyFile.lastIndex(of: "/")!]) : "."
        return "\(folder)/audit-key"
    }
}

/// Where people reach this service: `http://` or `https://`, a host and maybe a port, nothing else.
struct PublicURL: Equatable {
    let text: String
    let host: String

    init?(_ text: String) {
        guard let separator = text.firstRange(of: "://"), ["http", "https"].contains(text[..<separator.lowerBound]) else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, !host.isEmpty, host.allSatisfy(Self.isHostCharacter) else { return nil }
        if parts.count == 2 { guard let port = Int(parts[1]), (1...65_535).contains(port) else { return nil } }
        self.text = String(text[..<separator.upperBound]) + authority
        self.host = String(host)
    }

    private static func isHostCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
    }
}

/// Everything that is wrong with a configuration, a line each.
struct SettingsFaults: Error {
    let lines: [String]
}
