// SPDX-License-Identifier: Apache-2.0

/// Many links that one change revoked: one row, from which their messages are made page by page.
package struct MassRevocation: Sendable, Equatable {
    package let webhook: WebhookID
    package let selector: LinkSelector
    /// The moment of revocation of each of its links.
    package let at: Timestamp
    /// How many they were.
    package let links: Int

    package init(webhook: WebhookID, selector: LinkSelector, at: Timestamp, links: Int) {
        self.webhook = webhook
        self.selector = selector
        self.at = at
        self.links = links
    }
}
