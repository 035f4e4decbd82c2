// SPDX-License-Identifier: Apache-2.0

/// JSON Web Tokens (RFC 7519): three base64url parts with dots between them, the first of which begins with `{"`.
enum JWT {
    static func find(in text: FoldedText, _ word: Range<Int>) -> Range<Int>? {
        guard word.count >= 20 else { return nil }
        var index = word.lowerBound
        while index + 20 <= word.upperBound {
            let isStart = index == word.lowerBound || !isBase64(text[index - 1])
            guard isStart, text[index] == UInt8(ascii: "e"), text[index + 1] == UInt8(ascii: "y"), text[index + 2] == UInt8(ascii: "J")
            else {
                index += 1
                continue
            }
            var end = index
            var dots = 0
            while end < word.upperBound, isBase64(text[end]) || text[end] == UInt8(ascii: ".") {
                dots += text[end] == UInt8(ascii: ".") ? 1 : 0
                end += 1
            }
            if dots > 0, end - index >= 20 { return index..<end }
            index = end + 1
        }
        return nil
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "=")
    }
}
