// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// A public file: the same for everyone, at a path that names no link, so caches may keep it.
struct Asset: Sendable {
    let path: String
    let content: Content
    var headers: HTTPFields = [:]

    /// Everything that the pages of a shop load from us.
    static func all(of shop: Shop) -> [Asset] {
        let looks = shop.looks
        let style = looks.templates["page.css"].map { Array($0.utf8) } ?? PackageResources.page_css
        let files =
            [
                Asset(path: "/assets/page.css", content: .text(style + Array(looks.styleRules.utf8), type: "text/css")),
                Asset(path: "/assets/page.js", content: .text(PackageResources.page_js, type: "text/javascript")),
                Asset(path: iconPath, content: .text(PackageResources.icon_svg, type: "image/svg+xml")),
                Asset(path: "/robots.txt", content: .text(PackageResources.robots_txt, type: "text/plain")),
            ] + dialog
            + [PictureFile.Kind.png, .jpeg].map { card(looks.card, at: PictureFile.cardPath($0)) }
        return files + (looks.logo.map { [Asset(path: $0.logoPath, content: $0.content)] } ?? [])
    }

    /// The pages that load it are the shop's, on origins of their own; a module script comes only where any origin may read it.
    private static var dialog: [Asset] {
        [("/assets/cart-share.js", DialogScript.module), ("/assets/cart-share.es.js", DialogScript.spanish)].map { path, module in
            Asset(
                path: path,
                content: .text(module, type: "text/javascript"),
                headers: [.accessControlAllowOrigin: "*", .resourcePolicy: "cross-origin"]
            )
        }
    }

    /// What a browser's tab shows where the shop has no logo.
    static let iconPath = "/assets/icon.svg"

    /// Networks fetch it by robots, and some show it on pages of theirs: it is neither kept from robots nor from other sites.
    ///
    /// Messages that were sent keep the address, so it stays when the shop's picture becomes one of another kind.
    private static func card(_ picture: PictureFile, at path: String) -> Asset {
        Asset(path: path, content: picture.content, headers: [.robotsTag: "all", .resourcePolicy: "cross-origin"])
    }
}

extension PictureFile {
    /// Where the picture of the shop's cards is: not below a link, and still there when the link is gone.
    var cardPath: String { Self.cardPath(kind) }

    static func cardPath(_ kind: Kind) -> String { "/assets/card.\(kind.fileExtension)" }

    var logoPath: String { "/assets/logo.\(kind.fileExtension)" }

    fileprivate var content: Content { Content(bytes, type: kind.mediaType) }
}
