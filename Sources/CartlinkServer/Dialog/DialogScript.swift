// SPDX-License-Identifier: Apache-2.0

/// The share dialog, `<cart-share>`: small modules that are put together into one, so that a shop loads one file and nothing has to be
/// built beforehand.
enum DialogScript {
    /// Each part before those that import from it.
    static let parts: [(name: String, source: [UInt8])] = [
        ("share-texts.js", PackageResources.share_texts_js),
        ("share-elements.js", PackageResources.share_elements_js),
        ("share-style.js", PackageResources.share_style_js),
        ("share-figures.js", PackageResources.share_figures_js),
        ("share-service.js", PackageResources.share_service_js),
        ("share-troubles.js", PackageResources.share_troubles_js),
        ("share-preview.js", PackageResources.share_preview_js),
        ("share-choices.js", PackageResources.share_choices_js),
        ("share-sending.js", PackageResources.share_sending_js),
        ("share-links.js", PackageResources.share_links_js),
        ("share-people.js", PackageResources.share_people_js),
        ("cart-share.js", PackageResources.cart_share_js),
    ]

    /// One module of all parts: without the imports among them, their exports being plain names here, and without comments.
    static var module: [UInt8] {
        let lines = parts.flatMap { part in
            String(decoding: part.source, as: UTF8.self).split(separator: "\n").compactMap { line -> Substring? in
                let line = line.drop { $0 == " " }
                guard !line.hasPrefix("//"), !line.hasPrefix("import {") else { return nil }
                return line.hasPrefix("export ") ? line.dropFirst("export ".count) : line
            }
        }
        return Array((["// SPDX-License-Identifier: Apache-2.0"] + lines).joined(separator: "\n").utf8)
    }
}
