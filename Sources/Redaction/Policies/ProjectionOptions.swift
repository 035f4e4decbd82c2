// SPDX-License-Identifier: Apache-2.0

/// What a link and the shop's configuration add to the policy.
public struct ProjectionOptions: Sendable, Hashable {
    /// False drops every `show:price` path.
    public var showPrices: Bool
    /// The hosts that `link` values may point to, without scheme and port. Empty: every `link` value is dropped.
    public var linkHosts: Set<String> {
        didSet { links = LinkFilter(hosts: linkHosts) }
    }
    /// Made once, as options serve many carts.
    private(set) var links: LinkFilter

    public init(showPrices: Bool = true, linkHosts: Set<String> = []) {
        self.showPrices = showPrices
        self.linkHosts = linkHosts
        links = LinkFilter(hosts: linkHosts)
    }
}
