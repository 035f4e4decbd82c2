// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// The demo's storefront: who can be chosen there, what is sold, which stories are told, and where the console is.
package struct DemoShop: Sendable {
    let logins: DemoLogins
    let articles: [DemoArticle]
    let stories: DemoStories
    let console: DemoConsole
    /// Which service the storefront is when it resolves a token.
    let account: ServiceAccount
    /// Makes the carts and links anew that are missing or went to somebody else.
    let fill: @Sendable (Sharing, Projections, Timestamp) async throws -> Void
    let page: DemoShopPage

    package init(
        logins: DemoLogins,
        articles: [DemoArticle],
        stories: DemoStories,
        console: DemoConsole,
        account: ServiceAccount,
        fill: @escaping @Sendable (Sharing, Projections, Timestamp) async throws -> Void
    ) throws {
        self.logins = logins
        self.articles = articles
        self.stories = stories
        self.console = console
        self.account = account
        self.fill = fill
        page = try DemoShopPage()
    }
}
