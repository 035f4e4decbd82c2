// SPDX-License-Identifier: Apache-2.0

import Mustache

/// Text as HTML, escaped code point by code point.
///
/// The template package escapes what people see as one character; a quote with a combining mark behind it is another character to it than
/// a quote, and would end an attribute.
struct HTMLText: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): escaped.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): escaped.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "&"): escaped.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "\""): escaped.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): escaped.append(contentsOf: "&#39;".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// Stands at the start of each template, also of a shop's: there is no other way to choose what escapes.
    static let pragma: String = {
        MustacheContentTypes.register(HTMLText(), named: "CARTLINK")
        return "{{% CONTENT_TYPE: CARTLINK}}"
    }()
}
