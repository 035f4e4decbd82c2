// SPDX-License-Identifier: Apache-2.0

/// Finds URLs that open something or name somebody: with user info (RFC 3986 §3.2.1), with a token, a password or an address in a
/// parameter, with a share link's random path, or with a JSON Web Token (RFC 7519), which is found outside of URLs too.
enum SecretURL {
    static func find(in text: FoldedText) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard !isBreak(text[index]) else {
                index += 1
                continue
            }
            let start = index
            var isCandidate = false
            while index < text.count, !isBreak(text[index]) {
                let byte = text.bytes[index]
                isCandidate = isCandidate || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ".")
                index += 1
            }
            if isCandidate, index - start >= 6, let find = find(in: text, start..<index) { finds.append(find) }
        }
        return finds
    }

    /// A stretch without white space is read once, from its first scheme on: what it holds is one URL, perhaps with others inside.
    private static func find(in text: FoldedText, _ word: Range<Int>) -> Range<Int>? {
        let url = urlRange(in: text, word)
        guard hasUser(text, url) || URLParameters.holdSecret(in: text, url) || hasRandomPath(text, url) || JWT.find(in: text, url) != nil
        else {
            return JWT.find(in: text, word)
        }
        return url.lowerBound..<trimmedEnd(text, url)
    }

    private static func urlRange(in text: FoldedText, _ word: Range<Int>) -> Range<Int> {
        for index in word where text[index] == UInt8(ascii: ":") && text[index + 1] == UInt8(ascii: "/") {
            guard text[index + 2] == UInt8(ascii: "/") else { continue }
            var start = index
            while start > word.lowerBound, text[start - 1].isLetter || text[start - 1].isDigit || "+-.".utf8.contains(text[start - 1]) {
                start -= 1
            }
            return start..<word.upperBound
        }
        var start = word.lowerBound
        while start < word.upperBound, "([{,;:'*".utf8.contains(text[start]) { start += 1 }
        return start..<word.upperBound
    }

    /// `scheme://user@`, `scheme://user:password@`, `//user@`; in any of the URLs inside.
    private static func hasUser(_ text: FoldedText, _ url: Range<Int>) -> Bool {
        var inAuthority = false
        for index in url {
            switch text[index] {
            case UInt8(ascii: "/"):
                let isSecond = index > url.lowerBound && text[index - 1] == UInt8(ascii: "/")
                inAuthority = isSecond && (index == url.lowerBound + 1 || text[index - 2] == UInt8(ascii: ":"))
            case UInt8(ascii: "?"), UInt8(ascii: "#"): inAuthority = false
            case UInt8(ascii: "@") where inAuthority && text[index - 1] != UInt8(ascii: "/"): return true
            default: break
            }
        }
        return false
    }

    /// `https://host/…/<random>`: a part of the path that no person would have chosen. Pictures are often named that way too.
    private static func hasRandomPath(_ text: FoldedText, _ url: Range<Int>) -> Bool {
        guard
            url.contains(where: { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == UInt8(ascii: "/") && text[$0 + 2] == UInt8(ascii: "/") })
        else { return false }
        var start = url.lowerBound
        for index in url.lowerBound...url.upperBound {
            let isEnd = index == url.upperBound || !(text[index].isLetter || text[index].isDigit || "-_".utf8.contains(text[index]))
            guard isEnd else { continue }
            let isFile = index < url.upperBound && text[index] == UInt8(ascii: ".")
            if text[start - 1] == UInt8(ascii: "/"), !isFile, isRandom(text, start..<index) { return true }
            start = index + 1
        }
        return false
    }

    /// A UUID, or 16 characters and more without a break in which letters and digits, or capitals and small letters, take turns often.
    private static func isRandom(_ text: FoldedText, _ part: Range<Int>) -> Bool {
        guard part.count >= 16 else { return false }
        var (turns, digits, letters, dashes) = (0, 0, 0, 0)
        var last = 0
        for index in part {
            let byte = text[index]
            let kind = byte.isDigit ? 1 : byte.isUppercase ? 2 : byte.isLetter ? 3 : 0
            digits += kind == 1 ? 1 : 0
            letters += kind > 1 ? 1 : 0
            dashes += kind == 0 ? 1 : 0
            // A capital that begins a word is no turn.
            if kind != last, last != 0, kind != 0, !(last == 2 && kind == 3) { turns += 1 }
            last = kind
        }
        if part.count == 36, dashes == 4, digits >= 6 { return true }
        return digits >= 2 && letters >= 2 && turns * 6 >= part.count && dashes * 8 <= part.count
    }

    private static func trimmedEnd(_ text: FoldedText, _ url: Range<Int>) -> Int {
        var end = url.upperBound
        while end > url.lowerBound + 3, ".,;:!?)]}'*".utf8.contains(text[end - 1]) { end -= 1 }
        return end
    }

    @inline(__always)
    private static func isBreak(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    }
}
