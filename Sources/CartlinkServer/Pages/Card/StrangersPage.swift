// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// The page of a link as a stranger gets it, and so every preview robot; opened without a request, so nothing counts it.
struct StrangersPage: Sendable {
    let sharing: Sharing
    let projections: Projections
    let pages: SharePages

    /// The page, and whether it says that there is nothing to see any more.
    func answer(to token: String, at now: Timestamp) async throws(Problem) -> (html: [UInt8], isGone: Bool) {
        let opened: OpenedLink
        do throws(ShareError) {
            opened = try await sharing.open(token, as: .stranger, at: now)
        } catch .loginRequired {
            return (pages.login(token: token, in: pages.languages.preferred(nil)), false)
        } catch {
            let problem = Problem(error)
            if problem.code == .unavailable { throw problem }
            let language = pages.languages.preferred(nil)
            return (pages.message(PageMessage(problem.code, in: language.texts), in: language), true)
        }
        let page = try projections.page(of: opened, token: token)
        return (pages.cart(page, in: pages.languages.preferred(nil, cartLocale: page.cartLocale)), false)
    }
}
