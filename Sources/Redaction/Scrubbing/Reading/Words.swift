// SPDX-License-Identifier: Apache-2.0

/// A run of letters or a run of digits, with what the word can mean to the finders.
struct Word {
    let start: Int32
    let end: Int32
    let roles: WordRoles
    let isNumber: Bool

    var count: Int { Int(end - start) }
    var range: Range<Int> { Int(start)..<Int(end) }
}

/// A folded text cut into words, once for all finders that need them.
struct Words {
    private(set) var all: [Word] = []

    init(_ text: FoldedText) {
        let bytes = text.bytes
        all.reserveCapacity(bytes.count / 4)
        var index = 0
        while index < bytes.count {
            let start = index
            if bytes[index].isDigit {
                while index < bytes.count, bytes[index].isDigit { index += 1 }
                all.append(Word(start: Int32(start), end: Int32(index), roles: [], isNumber: true))
            } else if bytes[index].isLetter {
                while index < bytes.count, bytes[index].isLetter { index += 1 }
                let roles = Vocabulary.roles(of: bytes, start, index)
                all.append(Word(start: Int32(start), end: Int32(index), roles: roles, isNumber: false))
            } else {
                index += 1
            }
        }
    }

    /// How many bytes lie between a word and the next one.
    @inline(__always)
    func gap(after index: Int) -> Range<Int> {
        Int(all[index].end)..<Int(all[index + 1].start)
    }
}
