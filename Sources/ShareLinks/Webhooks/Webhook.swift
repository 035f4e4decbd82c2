// SPDX-License-Identifier: Apache-2.0

/// A receiver of notices, as far as the store and administrators need to know it; its address may be a secret and isn't here.
package struct Webhook: Sendable, Equatable {
    package let id: WebhookID
    package let host: String
    /// As they were configured.
    package let events: [String]
    package let kinds: Set<Notice.Kind>

    /// Takes events like `link.created`, `cart.*` and `*`; nil where one of them names nothing, or there is none.
    package init?(url: String, host: String, events: [String]) {
        var kinds: Set<Notice.Kind> = []
        for event in events {
            let named = Notice.Kind.named(event)
            guard !named.isEmpty else { return nil }
            kinds.formUnion(named)
        }
        guard !kinds.isEmpty else { return nil }
        id = WebhookID(url: url)
        self.host = host
        self.events = events
        self.kinds = kinds
    }
}

extension Notice.Kind {
    /// The kinds that a name or a pattern means: a kind's own name, the first word with `.*`, or `*`.
    static func named(_ pattern: String) -> [Notice.Kind] {
        allCases.filter { kind in
            let family = kind.rawValue.prefix { $0 != "." }
            return pattern == kind.rawValue || pattern == "\(family).*" || pattern == "*"
        }
    }
}

/// Names a webhook without telling its address: the first 12 hex digits of the SHA-256 of the URL.
package struct WebhookID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(url: String) {
        text = Hex.text(of: SHA256Digest.of(Array(url.utf8)).prefix(6))
    }

    package init?(_ text: String) {
        guard text.utf8.count == 12, Hex.bytes(of: text).map({ Hex.text(of: $0) }) == text else { return nil }
        self.text = text
    }

    package var description: String { text }
}
