// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Which answer that strangers get: of which link, and in what form.
struct AnswerName: Hashable, Sendable {
    let link: LinkID
    let form: Form

    enum Form: Hashable, Sendable {
        /// `/v1/shared/{token}`.
        case view
        /// `/s/{token}` in the language and region that the reader asked for; nil in the cart's own.
        case page(locale: String?)
    }
}
