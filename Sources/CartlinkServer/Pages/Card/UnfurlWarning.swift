// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What the owner should know before sending a link.
enum UnfurlWarning: String, CaseIterable {
    case linkPaused = "link-paused"
    case linkExpired = "link-expired"
    case linkRevoked = "link-revoked"
    case cartGone = "cart-gone"
    case notHTTPS = "public-url-not-https"
    case notReachable = "public-url-not-reachable"
    case tagsMissing = "tags-missing"
    case descriptionCut = "description-cut"
    case descriptionNotShown = "description-not-shown"
    case pictureNotMeasured = "picture-not-measured"
    case pictureTooLarge = "picture-too-large"
    case pictureTooSmall = "picture-too-small"
    case pictureTooWide = "picture-too-wide"
    case cardOutlivesLink = "card-outlives-link"
    case cardStays = "card-stays"

    var text: String {
        switch self {
        case .linkPaused: "The link is paused: who opens it is told that it is not available."
        case .linkExpired: "The link has expired: who opens it is told that it is not available."
        case .linkRevoked: "The link was revoked: who opens it is told that it is not available."
        case .cartGone: "The cart was ordered, deleted or given away: who opens the link is told that it is not available."
        case .notHTTPS: "The public address is not https: some networks fetch nothing from there, and some people's apps warn of it."
        case .notReachable: "The public address is on this machine or in a private network, so the network can't fetch the card."
        case .tagsMissing: "Some of the card's tags are missing in the part of the page that the network reads."
        case .descriptionCut: "The network cuts the description."
        case .descriptionNotShown: "The network shows no description."
        case .pictureNotMeasured: "The picture is on the shop's host and was not fetched, so nobody knows whether the network takes it."
        case .pictureTooLarge: "The picture has more bytes than the network takes."
        case .pictureTooSmall: "The picture is smaller than the network wants; it may be shown small or not at all."
        case .pictureTooWide: "The picture is wider for its height than the network takes."
        case .cardOutlivesLink: "The network keeps the card longer than the link lasts."
        case .cardStays: "The names and the picture on the card stay in messages after the link was revoked."
        }
    }

    var wire: JSON {
        .object([("code", .string(rawValue)), ("text", .string(text))])
    }
}
