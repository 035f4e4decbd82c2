// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// A text with places for a cart's id: `{cartId}`, and `{cartId.1}` and `{cartId.2}` for what stands before and after its `~`.
package struct CartTemplate: Sendable, Equatable {
    private enum Piece: Equatable {
        case text(String)
        case id
        case part(Int)
    }

    private let pieces: [Piece]

    /// All braces but those of the places are text, as in JSON and GraphQL.
    package init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let place = rest.firstMatch(of: /\{cartId(?:\.([12]))?\}/) {
            pieces.append(.text(String(rest[..<place.range.lowerBound])))
            pieces.append(place.output.1.flatMap { Int($0) }.map { .part($0) } ?? .id)
            rest = rest[place.range.upperBound...]
        }
        self.pieces = pieces + [.text(String(rest))]
    }

    /// Whether the id has a place in it.
    package var namesCart: Bool { pieces.count > 1 }

    /// The highest number of a part that has a place; nil where none has.
    var lastPart: Int? {
        pieces.compactMap { if case .part(let number) = $0 { number } else { nil } }.max()
    }

    /// Nil where the id lacks a part that has a place, or where what goes there can't be escaped.
    func filled(_ id: PlatformCartID, escaping: (String) -> String? = { $0 }) -> String? {
        let parts = id.text.split(separator: "~", omittingEmptySubsequences: false)
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal
            case .id:
                guard let escaped = escaping(id.text) else { return nil }
                text += escaped
            case .part(let number):
                guard parts.count >= number, !parts[number - 1].isEmpty, let escaped = escaping(String(parts[number - 1])) else {
                    return nil
                }
                text += escaped
            }
        }
        return text
    }
}
