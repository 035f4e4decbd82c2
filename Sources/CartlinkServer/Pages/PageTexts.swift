// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The pages' sentences in one language: a file `texts.<language>.json` with exactly these keys.
///
/// `{count}`, `{number}`, `{date}` and `{amount}` stand where the page puts something.
struct PageTexts: Codable, Sendable {
    // What a card shows
    let cardTitle: String
    let cardDescription: String
    let cardAlt: String
    let itemOne: String
    let itemMany: String

    // The cart
    let heading: String
    let ownHeading: String
    let itemNumber: String
    let quantity: String
    let each: String
    let itemsTotal: String
    let itemsTotalIncomplete: String
    let discount: String
    let shipping: String
    let tax: String
    let grandTotal: String
    let noPrices: String
    let empty: String
    let further: String

    // What one may do, what one doesn't see, and how long
    let hidden: String
    let hiddenFromOthers: String
    let mayLook: String
    let mayLookAndComment: String
    let mayChange: String
    let othersMayLook: String
    let othersMayChange: String
    let validUntil: String
    let ownView: String
    let othersView: String
    let showOthersView: String
    let showOwnView: String
    let ownData: String
    let contact: String
    let delivery: String
    let billing: String
    let coupons: String
    let note: String

    // Buttons
    let openShop: String
    let goToShop: String
    let share: String
    let copied: String
    let logIn: String
    let accept: String
    let acceptToLook: String
    let acceptToChange: String
    let tryAgain: String

    // Where something changes while the page is open
    let changed: String

    // In place of a cart
    let internalHeading: String
    let internalLead: String
    let notFound: String
    let notFoundLead: String
    let gone: String
    let goneLead: String
    let ordered: String
    let orderedLead: String
    let notAMember: String
    let notAMemberLead: String
    let withdrawn: String
    let withdrawnLead: String
    let taken: String
    let takenLead: String
    let stale: String
    let staleLead: String
    let loginInvalid: String
    let loginInvalidLead: String
    let tooMany: String
    let tooManyLead: String
    let unavailable: String
    let unavailableLead: String
}
