// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeededRandomness

/// Texts that look like personal data without being any, or almost.
enum NearMatches {
    /// Pieces to repeat: each makes one of the finders look hard and long. `cartlink-bench scrub` measures them too.
    static let repeated: [String] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "near-matches.json")
        return try! JSONDecoder().decode([String].self, from: Data(contentsOf: file))
    }()

    /// Pieces to put together at random: parts of finds, what may stand between them, and what parts them.
    static let pieces = [
        "a", "@", "b.com", ".", "-", " ", "+", "34", "612", "345", "678", "4111", "1111", "://", "https", "/", "Calle", "Rosa", "5", "12",
        "DE89",
        "3704", "0044", "0532", "0130", "00", "…", "é", "(", ")", "Street", "Baker", "straße", "#", ",", "2026", "01", " at ", "(at)",
        "dot", "gmail",
        "arroba", "punto", "＠", "１２３", "٤٥٦", "\u{200B}", "\u{AD}", "\u{A0}", "\n", "\"", "?token=", "&k=", "eyJhbGciOiJIUzI1NiJ9", "x",
        "tel ",
        "SKU ", "Visa ", "PO Box ", "nº", "5555555555554444", "4006381333931", "612345678", " / ", "ä", "t", "😀", "\u{1}", "\\", "e\u{301}",
        "%40",
    ]

    static func random(_ count: Int, seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
    }
}
