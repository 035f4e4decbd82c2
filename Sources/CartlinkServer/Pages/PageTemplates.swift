// SPDX-License-Identifier: Apache-2.0

import Mustache

/// The page's templates: the built-in ones, or the shop's in their place.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    init(shop own: [String: String]) throws(TemplateFault) {
        var library = MustacheLibrary()
        for (name, builtIn) in [("share", PackageResources.share_mustache), ("card", PackageResources.card_mustache)] {
            let file = "\(name).mustache"
            let text = own[file] ?? String(decoding: builtIn, as: UTF8.self)
            if own[file] != nil, let tag = Self.tagNotTaken(in: text, mayInclude: name == "share" ? "card" : nil) {
                throw TemplateFault(
                    file: file,
                    reason: "may not hold \(tag)…: only values, sections and comments, and {{> card}} in share.mustache"
                )
            }
            do {
                try library.register(HTMLText.pragma + text, named: name)
            } catch let error as MustacheTemplate.ParserError {
                let place = "line \(error.context.lineNumber), column \(error.context.columnNumber)"
                throw TemplateFault(file: file, reason: "\(place): \(error.error)")
            } catch {
                throw TemplateFault(file: file, reason: "\(error)")
            }
        }
        self.library = library
    }

    /// The start of a tag that would show what isn't escaped, include what includes itself, or change how tags are read.
    private static func tagNotTaken(in text: String, mayInclude partial: String?) -> String? {
        for tag in text.matches(of: /\{\{\s*([^\s\w#^\/!.]?)\s*([\w.-]*)/) where !tag.output.1.isEmpty {
            guard tag.output.1 == ">", let partial, tag.output.2 == partial else { return String(tag.output.0) }
        }
        return nil
    }

    func page(_ values: [String: Any]) -> [UInt8] {
        Array((library.render(values, withTemplate: "share") ?? "").utf8)
    }
}

/// Why a shop's template can't be used.
package struct TemplateFault: Error, Equatable {
    package let file: String
    package let reason: String
}

extension SharePages {
    /// Refuses a template of the shop that leaves out what each page must have.
    func checkTemplates() throws(TemplateFault) {
        for language in languages.all {
            let page = message(PageMessage(.linkNotFound, in: language.texts), in: language)
            let missing = CardHead(page, window: CardHead.promisedWindow).missing.joined(separator: ", ")
            guard missing.isEmpty else {
                let reason = "the card's tags must be in the first 16 kB, put {{> card}} behind <head>; missing: \(missing)"
                throw TemplateFault(file: "share.mustache", reason: reason)
            }
            // The heading is part of the page's title, too; readers look at what follows the head.
            let body = String(decoding: page, as: UTF8.self).split(separator: "</head>", omittingEmptySubsequences: false).last ?? ""
            let needed = [
                (HTMLText().escapeText(language.texts.notFound), "it never shows {{heading}}"), ("<main", "the script needs <main>"),
            ]
            for (text, reason) in needed where !body.contains(text) { throw TemplateFault(file: "share.mustache", reason: reason) }
        }
    }
}
