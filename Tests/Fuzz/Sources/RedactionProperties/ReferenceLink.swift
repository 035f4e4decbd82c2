// SPDX-License-Identifier: Apache-2.0

/// Which links may be shown, by the page's words: `https:` to a host of the shop on the default port, with no user info, query
/// or fragment, and only what RFC 3986 allows in a URL.
enum ReferenceLink {
    static func isSafe(_ url: [UInt8], hosts: Set<String>) -> Bool {
        let text = String(decoding: url, as: UTF8.self)
        guard text.unicodeScalars.allSatisfy({ allowed.contains($0) }), text.hasPrefix("https://") else { return false }
        let parts = text.dropFirst("https://".count).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = parts[0].lowercased()
        return hosts.contains { authority == $0 || authority == $0 + ":443" }
    }

    /// The characters of RFC 3986 without `?` and `#`, which begin a query and a fragment.
    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%:/[]@!$&'()*+,;=".unicodeScalars
    )
}
