// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The address of a product's picture that may stand on a card: `https:`, on one of the shop's hosts.
///
/// The policy's action `link` gives guests no others; a policy that shows pictures another way must not open this.
struct CardPictureURL {
    init?(_ text: String, hosts: Set<String>) {
        guard text.utf8.count <= 1000, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let url = URL(string: text) else { return nil }
        guard url.scheme?.lowercased() == "https", url.user == nil, url.port == nil, url.query == nil, url.fragment == nil else {
            return nil
        }
        guard let host = url.host()?.lowercased(), hosts.contains(host) else { return nil }
    }
}
