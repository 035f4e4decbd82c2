// SPDX-License-Identifier: Apache-2.0

package import OutgoingHTTP
package import ShareLinks

/// A webhook with what only its delivery needs: where it is, and what its messages are signed with.
package struct Endpoint: Sendable {
    package let webhook: Webhook
    let url: EndpointURL
    let secret: WebhookSecret
    let allowsPrivateAddresses: Bool

    package init(webhook: Webhook, url: EndpointURL, secret: WebhookSecret, allowsPrivateAddresses: Bool) {
        self.webhook = webhook
        self.url = url
        self.secret = secret
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }

    /// Endpoints that one service sends to: each has connections and memory of its own.
    package static let most = 16
}
