// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Logins
import Redaction
import ShareLinks
import Webhooks

/// The configuration of one node, checked; `config/cartlink.yaml` tells what each key means.
struct Settings {
    var publicAddress: ServerSettings.Address
    var publicURL: PublicURL
    var adminAddress: ServerSettings.Address
    var realm: Realm
    var dataFolder: String
    var keyFile: String
    var policyFolder: PolicyFolder
    /// Read and checked only for commands that project carts.
    var policies: [CartFormat: Policy]
    var rules: SharingRules
    var limits: Limits
    var cookie: String?
    var issuers: [IssuerSettings]
    var shop: Shop
    var services: [ServiceSettings]
    var webhooks: [Endpoint]
    /// Set by `serve --demo` alone.
    var glueLogins: GlueLogins?
    var demoLogins: DemoLogins?
    /// What is strange but no fault, for the log and for `check`.
    var warnings: [String]

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
        guard host.utf8.count <= 253, parts.count == 1 || Quantities.port(parts[1]) != nil else { return nil }
        // As browsers write an origin: lower case, without the scheme's own port.
        let scheme = String(text[..<separator.upperBound])
        let port = parts.count == 2 && parts[1] != (scheme == "https://" ? "443" : "80") ? ":\(parts[1])" : ""
        self.text = scheme + host.lowercased() + port
        self.host = host.lowercased()
    }

    private static func isHostCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
    }
}

/// Everything that is wrong with a configuration, a line each.
struct SettingsFaults: Error {
    let lines: [String]
}
