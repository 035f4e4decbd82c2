// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation
import Logins
import SQLiteStore
import ShareLinks

/// What `serve --demo` adds to a service: people, keys, carts, links and a storefront; made at the first start, found again at the next.
struct Demo {
    let folder: String
    let adminKey: String
    private let storefrontKey: String
    private let gluePassword: String

    /// Marks a data folder as a demo's, and makes the login secrets that the configuration names and that are missing.
    ///
    /// Has to come before the settings are read. A store that isn't a demo's is left alone.
    static func makeSecrets(config: String) throws {
        guard let text = try? String(contentsOfFile: config, encoding: .utf8) else { return }
        var reader = SettingReader(yaml: text, file: config, environment: ProcessInfo.processInfo.environment)
        guard reader.string("storage") ?? "sqlite" == "sqlite" else {
            throw Refusal.configuration(["storage must be sqlite with --demo: a demo has no place in a database that others use"])
        }
        try claim(folder: reader.string("data") ?? "./data")
        for key in reader.elements("identity.issuers") {
            guard let path = reader.string("\(key).secretFile"), !FileManager.default.fileExists(atPath: path) else { continue }
            try SecretFile.write(Array((Hex.text(of: SecureRandom.bytes(32)) + "\n").utf8), to: path)
        }
    }

    private static func claim(folder: String) throws {
        let mark = "\(folder)/demo"
        guard !FileManager.default.fileExists(atPath: mark) else { return }
        guard SQLiteStore.isNew(folder: folder) else {
            throw Refusal.configuration(["\(folder) holds a store that isn't a demo's: give --demo a data folder of its own"])
        }
        try SecretFile.write(Array("This folder belongs to cartlink serve --demo.\n".utf8), to: mark)
    }

    /// Adds the demo's admin and storefront to the services.
    static func prepare(_ settings: inout Settings, config: String) throws -> Demo {
        let keys = URL(fileURLWithPath: settings.keyFile).deletingLastPathComponent().path
        let admin = try key(named: "admin", in: keys)
        let storefront = try key(named: "storefront", in: keys)
        settings.services += [
            .init(account: ServiceAccount(name: "demo-admin", scopes: [.admin]), keyHash: ServiceKey.hash(of: admin)),
            .init(
                account: ServiceAccount(name: "demo-storefront", scopes: Set(Scope.allCases).subtracting([.admin])),
                keyHash: ServiceKey.hash(of: storefront)
            ),
        ]
        let password = try key(named: "glue-password", in: keys)
        settings.glueLogins = glueLogins(password: password, settings)
        let folder = URL(fileURLWithPath: config).deletingLastPathComponent().path
        let demo = Demo(folder: folder, adminKey: admin, storefrontKey: storefront, gluePassword: password)
        if let shop = try demo.shop(settings) {
            settings.demoShop = shop
            let home = "\(settings.publicURL.text)/demo"
            settings.shop.url = home
            settings.shop.openURL = "\(home)#share={token}"
            // On this very host, wherever it listens: the address to come back to holds a token.
            settings.shop.loginURL = "\(home)/login?return={url}"
        }
        return demo
    }

    private static func key(named name: String, in folder: String) throws -> String {
        let path = "\(folder)/demo-\(name)-key"
        if let bytes = try? SecretFile.read(path) {
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        var random = SystemRandomNumberGenerator()
        let key = ServiceKey.new(using: &random)
        try SecretFile.write(Array((key + "\n").utf8), to: path)
        return key
    }

    /// What to print to the terminal once the listeners run.
    func greeting(for installation: Installation) async throws -> String {
        do {
            return try await greet(installation).text
        } catch let error as ShareError {
            throw Refusal.failure("the demo's data can't be made: \(error)")
        }
    }

    /// Makes the people, carts and links that aren't there yet; gives the links in the order of `links`.
    func fill(_ sharing: Sharing, _ projections: Projections, at now: Timestamp) async throws -> [Link] {
        try await fillDirectory(sharing, at: now)
        for cart in Self.carts { try await push(cart, sharing, at: now) }
        var links: [Link] = []
        for prepared in Self.links { links.append(try await link(prepared, sharing, projections, at: now)) }
        return links
    }

    private func greet(_ installation: Installation) async throws -> DemoGreeting {
        let sharing = installation.sharing
        let urls = try await fill(sharing, installation.server.projections, at: Clock.now()).map { link in
            guard let token = sharing.token(of: link) else { throw Refusal.failure("the demo's link key is gone: delete the demo's data") }
            return "\(installation.settings.publicURL.text)/s/\(token.text)"
        }
        return DemoGreeting(
            shopURL: installation.settings.demoShop == nil ? nil : installation.settings.shop.url,
            externalURL: urls[0],
            internalURL: urls[1],
            fullURL: urls[2],
            takeOverURL: urls[3],
            ownerLogin: try Self.login(Self.owner, installation.settings),
            colleagueLogin: try Self.login(Self.colleague, installation.settings),
            customerLogin: try Self.login(Self.customer, installation.settings),
            adminKey: adminKey,
            storefrontKey: storefrontKey,
            gluePassword: gluePassword,
            publicURL: installation.settings.publicURL.text,
            adminURL: "http://\(installation.settings.adminAddress)"
        )
    }

    static func login(_ person: Person, _ settings: Settings, lifetime: Int64 = 30 * 86_400) throws -> String {
        try settings.developmentLogin(
            user: person.userID.text,
            company: person.companyID?.text,
            businessUnit: person.businessUnitID?.text,
            companyUser: person.companyUserID?.text,
            lifetime: lifetime
        )
    }
}
