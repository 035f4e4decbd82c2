// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Logins
import NIOCore
import Redaction
import ShareLinks

extension Settings {
    /// Reads the configuration; throws all its faults at once.
    init(yaml text: String, file: String, environment: [String: String], withPolicies: Bool = false) throws(SettingsFaults) {
        var reader = SettingReader(yaml: text, file: file, environment: environment)
        publicAddress = reader.address("public.address", "127.0.0.1:8080")
        adminAddress = reader.address("admin.address", "127.0.0.1:8081")
        let url = reader.value("public.url", PublicURL("http://127.0.0.1:8080"), "like https://links.shop.example, without a path") {
            PublicURL($0).map { $0 }
        }
        let tenant = reader.string("tenant") ?? "default"
        let realm = Realm(tenant: tenant, host: url?.host ?? "unknown")
        if realm == nil { reader.add("must hold 1 to 255 bytes", key: "tenant") }
        dataFolder = reader.path("data", "./data")
        storage = reader.storage()
        keyFile = reader.path("keys.file", "./keys/link-keys")
        source = reader.cartSource()
        policyFolder = reader.policyFolder(for: source)
        policies = withPolicies ? reader.policies(of: policyFolder) : [:]
        rules = reader.sharingRules()
        if case .vtex = source?.platform { reader.checkLifetimes(of: rules) }
        limits = reader.limits()
        cookie = reader.cookie()
        issuers = reader.judged {
            $0.issuers()
        } by: { issuers throws(SettingsFaults) in
            _ = try issuers.verifier { _ in { [] } }
        }
        shop = reader.shop()
        origins = reader.origins()
        services = reader.judged {
            $0.services()
        } by: { services throws(SettingsFaults) in
            _ = try services.keys()
        }
        webhooks = reader.webhooks()
        reader.refuseUnknownKeys()
        warnings = reader.strangeVariables.map { "\($0) is no setting of this version; it is ignored" }
        guard reader.faults.isEmpty, let url, let realm else { throw SettingsFaults(lines: reader.faults) }
        publicURL = url
        self.realm = realm
    }
}

extension SettingReader {
    fileprivate mutating func address(_ key: String, _ fallback: String) -> ServerSettings.Address {
        func parse(_ text: String) -> ServerSettings.Address? {
            guard let colon = text.lastIndex(of: ":"), let port = Quantities.port(text[text.index(after: colon)...]) else {
                return nil
            }
            let host =
                text[..<colon].hasPrefix("[") && text[..<colon].hasSuffix("]") ? text[..<colon].dropFirst().dropLast() : text[..<colon]
            guard !host.isEmpty, !host.contains(where: { "[]/ ".contains($0) }) else { return nil }
            return ServerSettings.Address(host: String(host), port: port)
        }
        return value(key, parse(fallback)!, "like 127.0.0.1:8080", parse)
    }

    fileprivate mutating func path(_ key: String, _ fallback: String) -> String {
        value(key, fallback, "a path") { $0.isEmpty ? nil : $0 }
    }

    fileprivate mutating func policyFolder(for source: SourceSettings?) -> PolicyFolder {
        var folder = PolicyFolder(path: path("carts.policies", "config/policies"))
        let form = "the name of a policy file of carts.policies, without .policy"
        for format in CartFormat.allCases {
            folder.chosen[format] = value("carts.policyFor.\(format.rawValue)", format.rawValue, form, Self.policyName)
        }
        // A backend's carts are mapped into the format of our own.
        if source?.policyName != nil {
            folder.chosen[.cartlink] = value("carts.http.policy", CartFormat.cartlink.rawValue, form, Self.policyName)
        }
        return folder
    }

    private static func policyName(_ name: String) -> String? {
        name.isEmpty || name.contains("/") || name.hasSuffix(".policy") ? nil : name
    }

    /// After about three months VTEX gives a cart's id to another cart.
    fileprivate mutating func checkLifetimes(of rules: SharingRules) {
        for (key, term) in [("links.external", rules.external.term), ("links.internal", rules.internal.term)]
        where term.longest >= 90 * 86_400 {
            add("must be below 90d with carts.source: vtex, which gives ids of carts away then", key: "\(key).maxLifetime")
        }
    }

    fileprivate mutating func policies(of folder: PolicyFolder) -> [CartFormat: Policy] {
        do throws(SettingsFaults) {
            return try folder.policies()
        } catch {
            add(error)
            return [:]
        }
    }

    fileprivate mutating func sharingRules() -> SharingRules {
        var rules = SharingRules()
        rules.linksPerCart = count("links.perCart", rules.linksPerCart)
        rules.commentsPerCart = count("limits.commentsPerCart", rules.commentsPerCart)
        rules.external.isAllowed = bool("links.external.allowed", rules.external.isAllowed)
        rules.external.term = term("links.external", rules.external.term)
        rules.external.showPrices = bool("links.external.showPrices", rules.external.showPrices)
        rules.internal.allowsFull = bool("links.internal.full", rules.internal.allowsFull)
        rules.internal.term = term("links.internal", rules.internal.term)
        if let names = strings("links.internal.within") {
            let circles = names.compactMap(Audience.Circle.Kind.init(rawValue:))
            if circles.count != names.count { add("must list some of person, business-unit, company, shop", key: "links.internal.within") }
            rules.internal.circles = Set(circles)
        }
        return rules
    }

    private mutating func term(_ key: String, _ fallback: SharingRules.Term) -> SharingRules.Term {
        let standard = value("\(key).lifetime", fallback.standard, "a time like 7d, 12h or 90s", Quantities.seconds)
        let longest = value("\(key).maxLifetime", fallback.longest, "a time like 80d", Quantities.seconds)
        if longest > 366 * 86_400 { add("must be at most 366d: every link ends", key: "\(key).maxLifetime") }
        if standard > longest { add("must not be longer than maxLifetime", key: "\(key).lifetime") }
        return SharingRules.Term(standard: standard, longest: longest)
    }

    private mutating func count(_ key: String, _ fallback: Int) -> Int {
        value(key, fallback, "a whole number from 1 to 1000000") {
            Quantities.whole($0).flatMap { (1...1_000_000).contains($0) ? Int($0) : nil }
        }
    }

    fileprivate mutating func limits() -> Settings.Limits {
        Settings.Limits(
            badTokensPerMinute: value("limits.badTokens", 300, "a rate like 300/min", Quantities.perMinute),
            connections: count("limits.connections", 10_000),
            trustedProxies: addresses("limits.trustedProxies"),
            diskReserve: value("limits.diskReserve", 64_000_000, "a size like 64MB", Quantities.bytes)
        )
    }

    /// IP addresses as the system writes them, so that a peer's can be compared with them.
    private mutating func addresses(_ key: String) -> Set<String> {
        let texts = strings(key) ?? []
        let addresses = texts.compactMap { try? SocketAddress(ipAddress: $0, port: 0).ipAddress }
        if addresses.count != texts.count { add("must list single IP addresses, no ranges and no names", key: key) }
        return Set(addresses)
    }

    /// Reads a list and, if each of its elements is well formed, judges whether they fit together.
    fileprivate mutating func judged<Element>(
        _ read: (inout SettingReader) -> [Element],
        by judge: ([Element]) throws(SettingsFaults) -> Void
    ) -> [Element] {
        let before = faults.count
        let elements = read(&self)
        guard faults.count == before else { return elements }
        do throws(SettingsFaults) {
            try judge(elements)
        } catch {
            add(error)
        }
        return elements
    }

    fileprivate mutating func cookie() -> String? {
        guard let name = string("identity.cookie") else { return nil }
        let isToken = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }
        if !isToken { add("must be a cookie's name", key: "identity.cookie") }
        return name
    }

    fileprivate mutating func shop() -> Shop {
        let openURL = string("shop.openURL")
        if let openURL {
            let place = openURL.firstRange(of: "{token}")
            if place.map({ !openURL[..<$0.lowerBound].contains("#") }) ?? true {
                add("must have {token} behind a #, so that no server's log gets it", key: "shop.openURL")
            }
        }
        let hosts = (strings("shop.hosts") ?? []).map { $0.lowercased() }
        if !hosts.allSatisfy({ PublicURL("https://\($0)")?.host == $0 }) {
            add("must list host names, without scheme, port or path", key: "shop.hosts")
        }
        let before = faults.count
        let shop = Shop(
            name: string("shop.name") ?? "Shop",
            url: webAddress("shop.url"),
            openURL: openURL,
            loginURL: webAddress("shop.loginURL"),
            hosts: Set(hosts),
            looks: shopLooks()
        )
        _ = webAddress("shop.openURL")
        if faults.count == before, !shop.looks.templates.isEmpty { judgeTemplates(of: shop) }
        return shop
    }

    fileprivate mutating func origins() -> Set<Origin> {
        let texts = strings("shop.origins") ?? []
        for (index, text) in texts.enumerated() where Origin(text) == nil {
            add("must be an origin like https://shop.example, without a path", key: "shop.origins[\(index)]")
        }
        return Set(texts.compactMap { Origin($0) })
    }

    fileprivate mutating func services() -> [Settings.ServiceSettings] {
        elements("services").compactMap { key in
            let name = string("\(key).name")
            let hash = string("\(key).keyHash")
            let names = strings("\(key).scopes") ?? []
            let scopes = names.compactMap(Scope.init(rawValue:))
            if scopes.count != names.count || names.isEmpty {
                add("must list some of \(Scope.allCases.map(\.rawValue).joined(separator: ", "))", key: "\(key).scopes")
            }
            guard let name, let hash else {
                add("needs a name and a keyHash", key: key)
                return nil
            }
            return Settings.ServiceSettings(account: ServiceAccount(name: name, scopes: Set(scopes)), keyHash: hash)
        }
    }
}
