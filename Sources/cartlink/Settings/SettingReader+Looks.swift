// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation

/// What makes the pages look like the shop's own; the files are read and checked here, once.
extension SettingReader {
    mutating func shopLooks() -> ShopLooks {
        ShopLooks(
            logo: picture("shop.logo", .init(kinds: [.png, .jpeg, .webp], mostBytes: 100_000)),
            card: picture("shop.card", .init(kinds: [.png, .jpeg], mostBytes: 300_000, size: (1200, 630))),
            accent: colour("shop.accent"),
            accentDark: colour("shop.accentDark"),
            legal: legalLines(),
            templates: templates()
        )
    }

    /// What a picture's file must be.
    private struct PictureForm {
        let kinds: Set<PictureFile.Kind>
        let mostBytes: Int
        var size: (width: Int, height: Int)?

        var text: String {
            let names = kinds.map { $0.rawValue == "webp" ? "WebP" : $0.rawValue.uppercased() }.sorted()
            let measure = size.map { " of \($0.width) by \($0.height) pixels" } ?? ""
            return "must be a \(names.joined(separator: " or ")) file\(measure), at most \(mostBytes / 1000) kB"
        }
    }

    private mutating func picture(_ key: String, _ form: PictureForm) -> PictureFile? {
        guard let path = string(key) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            add("\(form.text); \(path) is missing or can't be read", key: key)
            return nil
        }
        guard data.count <= form.mostBytes else {
            add("\(form.text); \(path) has \(data.count) bytes", key: key)
            return nil
        }
        guard let picture = PictureFile(Array(data)), form.kinds.contains(picture.kind) else {
            add("\(form.text); \(path) is something else", key: key)
            return nil
        }
        if let size = form.size, (picture.width, picture.height) != size {
            add("\(form.text); \(path) has \(picture.width) by \(picture.height)", key: key)
            return nil
        }
        return picture
    }

    private mutating func colour(_ key: String) -> Colour? {
        value(key, nil, "a colour like \"#14532d\", in quotes") { text in Colour(text).map { $0 } }
    }

    private mutating func legalLines() -> [ShopLooks.LegalLine] {
        elements("shop.legal").compactMap { key in
            let text = string("\(key).text")
            let url = webAddress("\(key).url")
            guard let text, !text.isEmpty, text.count <= 200 else {
                add("must be a text of 1 to 200 characters", key: "\(key).text")
                return nil
            }
            return ShopLooks.LegalLine(text: text, url: url)
        }
    }

    /// An `http:` or `https:` address, nil where there is none or where it's another thing.
    mutating func webAddress(_ key: String) -> String? {
        guard let text = string(key) else { return nil }
        let rest = text.split(separator: "://", maxSplits: 1)
        guard rest.count == 2, ["http", "https"].contains(rest[0]), rest[1].first.map({ $0.isLetter || $0.isNumber }) ?? false else {
            add("must be an http: or https: address", key: key)
            return nil
        }
        return text
    }

    private mutating func templates() -> [String: String] {
        guard let folder = string("shop.templates") else { return [:] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            add("must be a folder; \(folder) is missing or can't be read", key: "shop.templates")
            return [:]
        }
        var templates: [String: String] = [:]
        for name in names.sorted() where !name.hasPrefix(".") && name != "README.md" {
            // A misspelt name would leave the built-in file in place, and nobody would know why.
            guard Self.isTemplate(name) else {
                add(
                    "may hold share.mustache, card.mustache, page.css and texts.<language>.json; \(folder)/\(name) is none of them",
                    key: "shop.templates"
                )
                continue
            }
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"), data.count <= 256 * 1024,
                let text = String(data: data, encoding: .utf8)
            else {
                add("\(folder)/\(name) must be a readable file of UTF-8 text, at most 256 kB", key: "shop.templates")
                continue
            }
            templates[name] = text
        }
        return templates
    }

    private static func isTemplate(_ name: String) -> Bool {
        ["share.mustache", "card.mustache", "page.css"].contains(name) || name.wholeMatch(of: /texts\.[a-z]{2}\.json/) != nil
    }

    /// Refuses templates that can't be used, with the file's name.
    mutating func judgeTemplates(of shop: Shop) {
        do throws(TemplateFault) {
            _ = try SharePages(shop: shop, publicURL: "http://127.0.0.1")
        } catch {
            add("\(string("shop.templates") ?? ".")/\(error.file): \(error.reason)", key: "shop.templates")
        }
    }
}
