// SPDX-License-Identifier: Apache-2.0

/// Finds e-mail addresses, and URLs that carry a user or a password (RFC 3986 §3.2.1).
enum Addresses {
    static func find(in text: [UInt8]) -> [Range<Int>] {
        guard text.contains(UInt8(ascii: "@")) else { return [] }
        var finds: [Range<Int>] = []
        var floor = 0
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: ":"), let url = urlWithUser(in: text, colon: index, floor: floor) {
                finds.append(url)
                (index, floor) = (url.upperBound, url.upperBound)
            } else if text[index] == UInt8(ascii: "@"), let address = emailAddress(in: text, at: index, floor: floor, previous: finds.last)
            {
                finds.append(address)
                (index, floor) = (address.upperBound, address.upperBound)
            } else {
                index += 1
            }
        }
        return finds
    }

    /// Local part, `@`, and a domain with a dot; also outside ASCII. What follows an address without a break belongs to it.
    private static func emailAddress(in text: [UInt8], at sign: Int, floor: Int, previous: Range<Int>?) -> Range<Int>? {
        var start = sign
        while start > floor, isLocal(text[start - 1]), !text[..<start].hasSuffix("…") { start -= 1 }
        if start == sign {
            guard let previous, previous.upperBound == sign else { return nil }
            start = sign
        }
        var end = sign + 1
        while end < text.count, isDomain(text[end]), !text[end...].hasPrefix("…") { end += 1 }
        while end > sign + 1, text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        let domain = text[sign + 1..<end]
        guard let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > sign + 1, end - dot > 2, text[dot + 1].isLetter else { return nil }
        return start..<end
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || localPunctuation.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static let localPunctuation = Array("!#$%&'*+-./=?^_`{|}~".utf8)

    /// The whole of `scheme://user@host…`, up to white space, a quote or an angle bracket.
    private static func urlWithUser(in text: [UInt8], colon: Int, floor: Int) -> Range<Int>? {
        guard text[colon...].hasPrefix("://") else { return nil }
        var start = colon
        while start > floor, text[start - 1].isLetter || text[start - 1].isDigit || "+-.".utf8.contains(text[start - 1]) { start -= 1 }
        let tail = text[(colon + 3)...]
        let authority = tail.prefix { $0 > 0x20 && !"/?#\"'<>".utf8.contains($0) }
        guard start < colon, authority.contains(UInt8(ascii: "@")) else { return nil }
        return start..<tail.prefix { $0 > 0x20 && !"\"<>".utf8.contains($0) }.endIndex
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasPrefix(_ prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { starts(with: $0) }
    }

    fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
        suffix.withUTF8Buffer { self.suffix($0.count).elementsEqual($0) }
    }
}
