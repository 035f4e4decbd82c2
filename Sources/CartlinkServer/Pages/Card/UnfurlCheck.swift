// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Judges the card of one page as one network will show it.
struct UnfurlCheck {
    let page: [UInt8]
    let link: Link
    /// What is wrong with the link itself, the same for every network.
    let general: [UnfurlWarning]
    /// The shop's picture and its address; others are not ours to measure.
    let ownPicture: (url: String, file: PictureFile)
    let now: Timestamp

    func wire(for network: Network) -> JSON {
        let head = CardHead(page, window: network.window)
        var warnings = general
        if !head.missing.isEmpty { warnings.append(.tagsMissing) }
        let title = head.tags["og:title"]
        let description: String?
        if network.showsDescription {
            description = cut(head.tags["og:description"], network.description, .descriptionCut, &warnings)
        } else {
            description = nil
            warnings.append(.descriptionNotShown)
        }
        let picture = head.tags["og:image"].map { measured($0, network.picture, &warnings) }
        if let days = network.keptDays, link.status(at: now) == .active, link.expiresAt < now.adding(seconds: Int64(days) * 86_400) {
            warnings.append(.cardOutlivesLink)
        }
        return .object([
            ("network", .string(network.name)),
            ("title", title.map(JSON.string)),
            ("description", description.map(JSON.string)),
            ("picture", picture),
            ("bytes", .number(Int64(min(page.count, network.window)))),
            ("warnings", .array(warnings.map(\.wire))),
        ])
    }

    private func cut(_ text: String?, _ most: Int?, _ warning: UnfurlWarning, _ warnings: inout [UnfurlWarning]) -> String? {
        guard let text, let most, text.count > most else { return text }
        warnings.append(warning)
        return text.prefix(most - 1) + "…"
    }

    private func measured(_ url: String, _ limits: Network.PictureLimits, _ warnings: inout [UnfurlWarning]) -> JSON {
        guard url == ownPicture.url else {
            warnings.append(.pictureNotMeasured)
            return .object([("url", .string(url))])
        }
        let file = ownPicture.file
        if file.bytes.count > limits.mostBytes { warnings.append(.pictureTooLarge) }
        if file.width < limits.leastWidth || file.height < limits.leastHeight { warnings.append(.pictureTooSmall) }
        if Double(file.width) > Double(file.height) * limits.widest { warnings.append(.pictureTooWide) }
        return .object([
            ("url", .string(url)),
            ("width", .number(Int64(file.width))),
            ("height", .number(Int64(file.height))),
            ("bytes", .number(Int64(file.bytes.count))),
        ])
    }
}

extension UnfurlWarning {
    /// What holds for a link on every network.
    static func general(of link: Link, isGone: Bool, publicURL: String, at now: Timestamp) -> [UnfurlWarning] {
        var warnings: [UnfurlWarning] = []
        switch link.status(at: now) {
        case .active: if isGone { warnings.append(.cartGone) }
        case .paused: warnings.append(.linkPaused)
        case .expired: warnings.append(.linkExpired)
        case .revoked: warnings.append(.linkRevoked)
        }
        if !publicURL.hasPrefix("https://") { warnings.append(.notHTTPS) }
        if PublicHost.isPrivate(in: publicURL) { warnings.append(.notReachable) }
        if link.audience == .external, link.card == .items { warnings.append(.cardStays) }
        return warnings
    }
}
