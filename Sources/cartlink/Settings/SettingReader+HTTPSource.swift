// SPDX-License-Identifier: Apache-2.0

import CartSources
import OutgoingHTTP
import ShareLinks

/// Carts of any backend that answers JSON: how it is asked, and where its answers hold what a cart is.
extension SettingReader {
    mutating func http(at key: String) -> SourceSettings? {
        guard let address = string("\(key).url") else {
            add("is missing", key: "\(key).url")
            return nil
        }
        let (base, path, query) = Self.parts(of: address)
        let url = platformURL("\(key).url", base)
        var settings = HTTPCartSettings(path: CartTemplate(path))
        settings.query = query
        settings.method = value("\(key).method", .get, "GET or POST") { HTTPCartSettings.Method(rawValue: $0.lowercased()) }
        settings.body = string("\(key).body").map { CartTemplate($0) }
        if settings.body != nil, settings.method == .get { add("goes with method: POST", key: "\(key).body") }
        let places = [settings.path, settings.body].compactMap { $0 } + settings.query.map(\.value)
        if !places.contains(where: \.namesCart) { add("must have {cartId} in the address or in the body", key: "\(key).url") }
        settings.cart = memberPath("\(key).cart") ?? .root
        settings.id = memberPath("\(key).id")
        settings.fingerprint = (strings("\(key).fingerprint") ?? []).compactMap { text in
            let path = MemberPath(text)
            if path == nil { add("must list names with dots between, like created_at", key: "\(key).fingerprint") }
            return path
        }
        settings.money = value("\(key).money", .minor, "minor (cents) or major (12.50)") { HTTPCartSettings.Money(rawValue: $0) }
        settings.fields = mapping(at: key)
        let match = ownerMatch(at: key)
        settings.owner = match?.match
        let policy = string("\(key).policy")
        var found = source(at: key, .http(settings), url: url, secretHeader(at: key), match?.claim)
        found?.policyName = policy
        return found
    }

    private mutating func secretHeader(at key: String) -> [(String, String)] {
        let name = value("\(key).authHeader", "Authorization", "a header's name", Self.headerName)
        return secretLine("\(key).authFile").map { [(name, $0)] } ?? []
    }

    /// Nil where the backend's cart is one in the format `cartlink` already.
    private mutating func mapping(at key: String) -> CartMapping? {
        guard has("\(key).fields") || has("\(key).lines") else { return nil }
        var fields: [CartMapping.Field: MemberPath] = [:]
        for field in CartMapping.Field.allCases { fields[field] = memberPath("\(key).fields.\(field.rawValue)") }
        var lineFields: [CartMapping.LineField: MemberPath] = [:]
        for field in CartMapping.LineField.allCases { lineFields[field] = memberPath("\(key).lines.\(field.rawValue)") }
        guard let lines = memberPath("\(key).lines.at") else {
            add("needs at: where the cart's lines are, like items", key: "\(key).lines")
            return nil
        }
        return CartMapping(fields: fields, lines: lines, lineFields: lineFields)
    }

    /// What goes before the path, the path, and the query's parameters.
    private static func parts(of address: String) -> (base: String, path: String, query: [HTTPCartSettings.Parameter]) {
        let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        let end = address[start...].firstIndex { "/?".contains($0) } ?? address.endIndex
        let rest = address[end...]
        let path = rest.prefix { $0 != "?" }
        let query = rest.dropFirst(path.count + 1).split(separator: "&").map { parameter in
            let name = parameter.prefix { $0 != "=" }
            return HTTPCartSettings.Parameter(name: String(name), value: CartTemplate(String(parameter.dropFirst(name.count + 1))))
        }
        return (String(address[..<end]), String(path), query)
    }
}
