// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// What the page offers a viewer who would gain something by accepting its link.
struct AcceptOffer: Sendable {
    /// What the viewer may do with the cart afterwards: look at it, or change it.
    let access: Access
    /// Goes into the page's form, in the field `form`.
    let form: FormToken

    /// The form's fields; no other is taken.
    static let fields: Set<String> = ["form"]
}

extension SharedDoor {
    /// Opens the link for the page of someone who isn't a stranger, with the offer to accept it where there is one.
    func openPage(
        _ token: String,
        as caller: Caller,
        at now: Timestamp
    ) async throws(ShareError) -> (opened: OpenedLink, offer: AcceptOffer?) {
        let opened = try await sharing.open(token, as: caller, at: now)
        guard
            let subject = caller.person?.subject,
            let access = try await sharing.offer(of: token, to: caller, at: now),
            let form = sharing.keys.ring.formToken(for: subject, on: opened.link.id, slot: opened.link.keySlot)
        else { return (opened, nil) }
        return (opened, AcceptOffer(access: access, form: form))
    }

    /// Whether a form's text is the one that the link's page holds for `subject`.
    func isOwnForm(_ text: String, of subject: Subject, on token: Token) -> Bool {
        guard let form = FormToken(text) else { return false }
        return sharing.keys.ring.isGenuine(form, of: subject, on: token.id, slot: token.slot)
    }
}
