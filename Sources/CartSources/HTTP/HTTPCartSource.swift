// SPDX-License-Identifier: Apache-2.0

import Redaction
package import ShareLinks

/// Carts that any backend keeps and answers as JSON. They are read only, as the `cartlink` format.
package struct HTTPCartSource: CartSource {
    package let format = CartFormat.cartlink
    private let settings: HTTPCartSettings
    private let calls: any PlatformCalls
    private let shelves: CartShelves

    package init(settings: HTTPCartSettings, calls: any PlatformCalls, shelves: CartShelves) {
        self.settings = settings
        self.calls = calls
        self.shelves = shelves
    }

    package func cart(_ id: PlatformCartID, _ part: CartPart, asOfNow: Bool) async throws(SourceError) -> SourcedCart {
        guard let request = request(id) else { throw .gone }
        return try await shelves.cart(id, part, asOfNow: asOfNow) { () async throws(SourceError) -> CartReading in
            let answer = try await calls.send(request)
            let owner = part == .whole ? settings.owner : nil
            return try calls.read(answer) { answer throws(SourceError) in try reading(answer, of: id, owner: owner) }
        }
    }

    package func edit(
        _ id: PlatformCartID,
        _ edit: ItemEdit,
        proceeds: @escaping @Sendable (SourcedCart) async -> Bool
    ) async throws(SourceError) -> SourcedCart {
        throw .notEditable
    }

    /// Nil where the id lacks a part that the templates name, so that there is no such cart.
    private func request(_ id: PlatformCartID) -> UpstreamRequest? {
        // What no place asks for would make a second name of the same cart.
        let templates = [settings.path] + settings.query.map(\.value) + (settings.body.map { [$0] } ?? [])
        if let last = templates.compactMap(\.lastPart).max(), id.text.split(separator: "~", omittingEmptySubsequences: false).count != last
        {
            return nil
        }
        guard let path = settings.path.filled(id, escaping: PathSegment.encoded) else { return nil }
        let query = settings.query.compactMap { parameter in parameter.value.filled(id).map { (parameter.name, $0) } }
        let body = settings.body.flatMap { $0.filled(id, escaping: Self.jsonEscaped) }
        guard query.count == settings.query.count, (body == nil) == (settings.body == nil) else { return nil }
        return UpstreamRequest(
            settings.method == .get ? .get : .post,
            path: path,
            query: query,
            headers: [("accept", "application/json")] + (body == nil ? [] : [("content-type", "application/json")]),
            body: body.map { Array($0.utf8) },
            // It reads, whatever its method.
            isIdempotent: true
        )
    }

    private func reading(_ answer: UpstreamAnswer, of id: PlatformCartID, owner: OwnerMatch?) throws(SourceError) -> CartReading {
        if settings.goneStatus.contains(answer.status), answer.node != nil { throw .gone }
        _ = try answer.document()
        let reply = JSONNode(answer.body)
        if reply["errors"]?.hasContent ?? false { throw .unavailable(cause: "answered errors with status 200") }
        guard let cart = settings.cart.node(in: reply) else {
            // Null says that there is no such cart; where nothing is said at all, it is an answer to something else.
            if settings.cart.isNull(in: reply) { throw .gone }
            throw .unavailable(cause: "answered no cart")
        }
        guard cart.kind == .object else { throw .unavailable(cause: "answered a cart that is no object") }
        if let path = settings.id, !id.isNamed(by: path.node(in: cart)?.scalarText) { throw .unavailable(cause: "answered another cart") }
        let document = try settings.fields.map { mapping throws(SourceError) in
            try MappedCart(cart, mapping, settings.money).document()
        }
        let ready = try CartlinkReading(document ?? cart.bytes, of: id, idPath: document == nil ? settings.id : nil)
        return CartReading(
            document: ready.document,
            lines: ready.lines,
            sums: ready.sums,
            fingerprint: fingerprint(cart),
            ownerName: owner?.ownerName(in: cart)
        )
    }

    /// Named by digests of the paths: paths may hold what a trait's name can't.
    private func fingerprint(_ cart: JSONNode) -> [String: String] {
        let traits = settings.fingerprint.map { path in ("t" + Digest.trait(path.text).prefix(8), path.node(in: cart)?.scalarText) }
        return Dictionary(traits, uniquingKeysWith: { first, _ in first }).compactMapValues { $0 }
    }

    /// The text as it may stand between the quotes of a JSON text.
    private static func jsonEscaped(_ text: String) -> String {
        String(decoding: JSON.string(text).text.dropFirst().dropLast(), as: UTF8.self)
    }
}

extension PlatformCartID {
    /// Whether a backend's own text names this cart: as it is, or as the last part of an address like `gid://shop/Cart/<id>?key=…`.
    func isNamed(by name: String?) -> Bool {
        guard let name else { return false }
        if name == text { return true }
        guard name.contains("://"), let last = name.prefix(while: { $0 != "?" }).split(separator: "/").last else { return false }
        return last == text.prefix { $0 != "~" }
    }
}
