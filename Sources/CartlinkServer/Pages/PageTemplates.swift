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
            // What stands unescaped could be a name that somebody gave a cart.
            guard !text.contains("{{{"), !text.contains("{{&") else {
                throw TemplateFault(file: file, reason: "use two braces, never {{{ or {{&")
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
        let language = languages.preferred(nil)
        let page = message(PageMessage(.linkNotFound, in: language.texts), in: language)
        let missing = CardHead(page, window: CardHead.promisedWindow).missing
        guard missing.isEmpty else {
            throw TemplateFault(
                file: "share.mustache",
                reason:
                    "the card's tags must be in the first 16 kB, put {{> card}} behind <head>; missing: \(missing.joined(separator: ", "))"
            )
        }
        // The heading is part of the page's title, too; readers look at what follows the head.
        let body = String(decoding: page, as: UTF8.self).split(separator: "</head>", omittingEmptySubsequences: false).last ?? ""
        let needed = [(language.texts.notFound, "it never shows {{heading}}"), ("<main", "the script needs <main>")]
        for (text, reason) in needed where !body.contains(text) { throw TemplateFault(file: "share.mustache", reason: reason) }
    }
}
