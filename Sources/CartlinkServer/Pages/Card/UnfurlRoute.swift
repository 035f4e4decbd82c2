// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// `POST /v1/links/{linkId}/unfurl-check`: how networks will show a link, for its owner. Changes nothing and counts nothing.
struct UnfurlRoute: RouteGroup {
    let sharing: Sharing
    let authenticator: Authenticator
    let page: StrangersPage
    let now: @Sendable () -> Timestamp

    func add(to router: Router<ServerContext>) {
        router.post("/v1/links/{linkId}/unfurl-check", use: check)
    }

    @Sendable private func check(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let caller = try await authenticator.manager(of: request, at: now)
        let link = try await sharing.link(try context.linkID(), by: caller, onBehalfOf: try request.onBehalfOf())
        let pages = page.pages
        // A retired key's links are revoked: there is no text of theirs any more, and any other gets the same page.
        let (html, isGone) = try await page.answer(to: sharing.token(of: link)?.text ?? "", at: now)
        let card = pages.shop.looks.card
        let check = UnfurlCheck(
            page: html,
            link: link,
            general: UnfurlWarning.general(of: link, isGone: isGone, publicURL: pages.publicURL, at: now),
            ownPicture: (url: pages.publicURL + card.cardPath, file: card),
            now: now
        )
        return Answer.json(.object([("networks", .array(Network.all.map(check.wire)))]))
    }
}
