// SPDX-License-Identifier: Apache-2.0

/// Finds bank account numbers (ISO 13616): the country's length and the check digits (modulo 97) must hold.
enum IBAN {
    static func find(in text: [UInt8]) -> [Range<Int>] {
        var finds: [Range<Int>] = []
        var index = 0
        while index + 15 <= text.count {
            if index == 0 || !(text[index - 1].isLetter || text[index - 1].isDigit), let end = end(in: text, start: index) {
                finds.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return finds
    }

    /// The end of the account number that starts here. Spaces and dashes may stand between the characters.
    private static func end(in text: [UInt8], start: Int) -> Int? {
        guard text[start].isASCIILetter, text[start + 1].isASCIILetter else { return nil }
        let country = UInt16(text[start].lowercased) << 8 | UInt16(text[start + 1].lowercased)
        guard let length = lengths[country] else { return nil }
        var characters: [UInt8] = []
        var index = start
        while index < text.count, characters.count < length {
            let byte = text[index].lowercased
            if byte.isDigit || byte.isASCIILetter {
                characters.append(byte)
            } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "-") {
                return nil
            }
            index += 1
        }
        guard characters.count == length, index == text.count || !text[index].isDigit else { return nil }
        return isValid(characters) ? index : nil
    }

    private static func isValid(_ characters: [UInt8]) -> Bool {
        var remainder = 0
        for byte in characters[4...] + characters[..<4] {
            if byte.isDigit {
                remainder = (remainder * 10 + Int(byte - UInt8(ascii: "0"))) % 97
            } else {
                remainder = (remainder * 100 + Int(byte - UInt8(ascii: "a")) + 10) % 97
            }
        }
        return remainder == 1
    }

    /// By the IBAN registry: the countries whose accounts people give in free text, by length.
    private static let lengths: [UInt16: Int] = {
        let countries = [
            15: "no", 16: "be", 18: "dk fi fo gl nl sd", 19: "mk si", 20: "at ba ee kz lt lu xk", 21: "ch cr hr li lv",
            22: "bg bh de gb ge ie me rs va", 23: "ae gi il iq om so tl", 24: "ad cz es md pk ro sa se sk tn vg",
            25: "ly pt st", 26: "is tr", 27: "bi dj fr gr it mc mr sm", 28: "al az by cy do gt hu lb ni pl sv",
            29: "br eg ps qa ua", 30: "jo kw mu", 31: "mt sc", 32: "lc", 33: "ru",
        ]
        var lengths: [UInt16: Int] = [:]
        for (length, codes) in countries {
            for code in codes.split(separator: " ").map({ Array($0.utf8) }) { lengths[UInt16(code[0]) << 8 | UInt16(code[1])] = length }
        }
        return lengths
    }()
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { self < 0x80 && isLetter }
}
