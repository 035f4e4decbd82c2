// SPDX-License-Identifier: Apache-2.0

/// The share dialog, `<cart-share>`: small modules that are put together into one, so that a shop loads one file and nothing has to be
/// built beforehand.
enum DialogScript {
    /// Each part before those that import from it.
    static let parts: [(name: String, source: [UInt8])] = [
        ("share-english.js", PackageResources.share_english_js),
        ("share-texts.js", PackageResources.share_texts_js),
        ("share-elements.js", PackageResources.share_elements_js),
        ("share-style.js", PackageResources.share_style_js),
        ("share-figures.js", PackageResources.share_figures_js),
        ("share-service.js", PackageResources.share_service_js),
        ("share-troubles.js", PackageResources.share_troubles_js),
        ("share-preview.js", PackageResources.share_preview_js),
        ("share-choices.js", PackageResources.share_choices_js),
        ("share-sending.js", PackageResources.share_sending_js),
        ("share-rows.js", PackageResources.share_rows_js),
        ("share-links.js", PackageResources.share_links_js),
        ("share-people.js", PackageResources.share_people_js),
        ("cart-share.js", PackageResources.cart_share_js),
    ]

    /// The Spanish texts, a module that pages in Spanish fetch besides.
    static let spanish = PackageResources.share_spanish_js

    /// One module of all parts: without the imports among them, their exports being plain names here, without comments and indentation.
    static var module: [UInt8] {
        let lines = parts.flatMap { part in
            code(in: String(decoding: part.source, as: UTF8.self)).compactMap { line -> Substring? in
                guard !line.hasPrefix("import {") else { return nil }
                return line.hasPrefix("export ") ? line.dropFirst("export ".count) : line
            }
        }
        return Array("// SPDX-License-Identifier: Apache-2.0\n".utf8) + squeezed(Array(lines.joined(separator: "\n").utf8))
    }

    /// The lines of a part that are no comment, which has its lines for itself here; a quote in one would look like a string's beginning.
    static func code(in text: String) -> [Substring] {
        var isInComment = false
        return text.split(separator: "\n").compactMap { line in
            let line = line.drop { $0 == " " }
            guard isInComment || line.hasPrefix("/*") else { return line.hasPrefix("//") ? nil : line }
            isInComment = !line.hasSuffix("*/")
            return nil
        }
    }

    /// Without the white space beside signs, where it means nothing: outside of strings and templates, and never a newline that alone
    /// ends a statement.
    static func squeezed(_ script: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var quote: UInt8?
        var isEscaped = false
        for (index, byte) in script.enumerated() {
            if let end = quote {
                if byte == end, !isEscaped { quote = nil }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                quote = byte
            } else if let before = output.last, index + 1 < script.count {
                let after = script[index + 1]
                if byte == UInt8(ascii: " "), !(before.isOfName && after.isOfName) { continue }
                if byte == UInt8(ascii: "\n"), before.opens || after.closes {
                    // What ends or parts statements and elements is not needed before the bracket that closes them.
                    if after.closes, before == UInt8(ascii: ";") || before == UInt8(ascii: ",") { output.removeLast() }
                    continue
                }
            }
            output.append(byte)
        }
        return output
    }
}

extension UInt8 {
    /// A letter, a digit, `_`, `$` or `#`.
    fileprivate var isOfName: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "#"): true
        default: false
        }
    }

    /// A sign behind which no statement ends, or one has ended.
    fileprivate var opens: Bool { "{([,;".utf8.contains(self) }

    fileprivate var closes: Bool { "})]".utf8.contains(self) }
}
