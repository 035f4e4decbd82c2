// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Logins
import PostgresStore
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
    var storage: Storage
    var keyFile: String
    /// Nil where carts are pushed.
    var source: SourceSettings?
    var policyFolder: PolicyFolder
    /// Read and checked only for commands that project carts.
    var policies: [CartFormat: Policy]
    var rules: SharingRules
    var limits: Limits
    var cookie: String?
    var issuers: [IssuerSettings]
    var shop: Shop
    var origins: Set<Origin>
    var services: [ServiceSettings]
    var webhooks: [Endpoint]
    /// Set by `serve --demo` alone.
    var glueLogins: GlueLogins?
    var demoShop: DemoShop?
    /// What is strange but no fault, for the log and for `check`.
    var warnings: [String]

    enum Storage: Equatable {
        /// In the data folder, which one process owns.
        case sqlite
        /// In a database that many nodes share.
        case postgres(PostgresAddress, password: String?)
    }

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
        guard let origin = Origin(text.hasSuffix("/") ? String(text.dropLast()) : text) else { return nil }
        self.text = origin.text
        self.host = origin.host
    }
}

/// Everything that is wrong with a configuration, a line each.
struct SettingsFaults: Error {
    let lines: [String]
}
