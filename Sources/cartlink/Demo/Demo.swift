// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation
import Logins
import SQLiteStore
import ShareLinks

/// The people, keys, carts and links of `serve --demo`; made at the first start, found again at the next.
struct Demo {
    private let folder: String
    private let adminKey: String
    private let storefrontKey: String
    private let gluePassword: String

    static let owner = Person(
        userID: UserID("olivia")!,
        companyID: CompanyID("acme")!,
        businessUnitID: BusinessUnitID("buying")!,
        companyUserID: CompanyUserID("acme-olivia")!
    )
    static let colleague = Person(
        userID: UserID("carlos")!,
        companyID: CompanyID("acme")!,
        businessUnitID: BusinessUnitID("buying")!,
        companyUserID: CompanyUserID("acme-carlos")!
    )
    /// A customer of the shop, in no company: a cart prepared for her can become hers.
    static let customer = Person(userID: UserID("dana")!)
    /// Someone of another company, to whom nothing here is open.
    static let outsider = Person(
        userID: UserID("erik")!,
        companyID: CompanyID("globex")!,
        businessUnitID: BusinessUnitID("sales")!,
        companyUserID: CompanyUserID("globex-erik")!
    )
    static let people = [owner, colleague, customer, outsider]
    static let cart = CartID("demo-cart")!

    /// Marks a data folder as a demo's, and makes the login secrets that the configuration names and that are missing.
    ///
    /// Has to come before the settings are read. A store that isn't a demo's is left alone.
    static func makeSecrets(config: String) throws {
        guard let text = try? String(contentsOfFile: config, encoding: .utf8) else { return }
        var reader = SettingReader(yaml: text, file: config, environment: ProcessInfo.processInfo.environment)
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
        settings.demoLogins = try logins(settings)
        // On this very host, wherever it listens: the address to come back to holds a token.
        if settings.demoLogins != nil { settings.shop.loginURL = "\(settings.publicURL.text)/demo/login?return={url}" }
        let folder = URL(fileURLWithPath: config).deletingLastPathComponent().path
        return Demo(folder: folder, adminKey: admin, storefrontKey: storefront, gluePassword: password)
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
            return try await fill(installation).text
        } catch let error as ShareError {
            throw Refusal.failure("the demo's data can't be made: \(error)")
        }
    }

    /// Pushes the cart and issues the links that aren't there yet.
    private func fill(_ installation: Installation) async throws -> DemoGreeting {
        let now = Clock.now()
        try await fillDirectory(installation.sharing, at: now)
        try await pushCart(installation.sharing, at: now)
        var urls: [String] = []
        for (label, order) in Self.orders {
            let link = try await link(label, order, installation, at: now)
            guard let token = installation.sharing.token(of: link) else {
                throw Refusal.failure("the demo's link key is gone: delete the demo's data")
            }
            urls.append("\(installation.settings.publicURL.text)/s/\(token.text)")
        }
        return DemoGreeting(
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
            adminURL: "http://\(installation.settings.adminAddress.host):\(installation.settings.adminAddress.port)"
        )
    }

    private static let orders: [(LinkLabel, LinkOrder)] = [
        (LinkLabel("Demo: for anyone")!, LinkOrder(audience: .external, access: .readOnly, showPrices: true)),
        (LinkLabel("Demo: my unit may look")!, LinkOrder(audience: .internal, access: .readOnly)),
        (LinkLabel("Demo: my unit may change")!, LinkOrder(audience: .internal, access: .full)),
        (
            LinkLabel("Demo: Dana may take the cart over")!,
            LinkOrder(audience: .internal, access: .full, circle: .person, person: customer.subject, allowsTakeOver: true)
        ),
    ]

    /// Tells the directory who belongs to which company, as a shop would; who left during an earlier run is back.
    private func fillDirectory(_ sharing: Sharing, at now: Timestamp) async throws {
        let shop = ServiceAccount(name: "demo-storefront", scopes: [.writeDirectory])
        for person in Self.people {
            guard let id = person.companyUserID else { continue }
            _ = try await sharing.put(id, as: person, isActive: true, by: shop, at: now)
        }
    }

    /// Pushes the cart where it is missing, was ordered, or went to Dana during an earlier run.
    private func pushCart(_ sharing: Sharing, at now: Timestamp) async throws {
        let present = try await sharing.store.read { view throws(ShareError) in try view.cart(Self.cart) }
        if let present, present.isOwned(by: Self.owner), present.state == .open { return }
        guard let document = FileManager.default.contents(atPath: "\(folder)/cart.json") else {
            throw Refusal.failure("\(folder)/cart.json can't be read")
        }
        let shop = ServiceAccount(name: "demo-storefront", scopes: [.writeCarts])
        let push = CartPush(
            id: Self.cart,
            format: .cartlink,
            owner: Self.owner,
            name: "Team kitchen",
            document: Array(document),
            transfersOwner: true
        )
        _ = try await sharing.push(push, by: shop, at: now)
        _ = try await sharing.setState(of: Self.cart, to: .open, by: shop, at: now)
    }

    private func link(_ label: LinkLabel, _ order: LinkOrder, _ installation: Installation, at now: Timestamp) async throws -> Link {
        let present = try await installation.sharing.links(of: Self.cart, by: .person(Self.owner), onBehalfOf: nil)
        let usable = present.first { $0.label == label && $0.status(at: now) == .active && installation.sharing.token(of: $0) != nil }
        if let usable { return usable }
        var labelled = order
        labelled.label = label
        let projections = installation.server.projections
        return try await installation.sharing.issue(
            labelled,
            to: Self.cart,
            by: .person(Self.owner),
            asShownToGuests: { cart, showPrices throws(ShareError) in try projections.shownToGuests(cart, showPrices: showPrices) },
            at: now
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
