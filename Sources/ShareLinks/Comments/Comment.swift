// SPDX-License-Identifier: Apache-2.0

/// An opinion on a cart, for its owner and the people with a grant; guests never see one.
package struct Comment: Sendable, Equatable {
    package let id: CommentID
    package let cart: CartID
    package let incarnation: Incarnation
    package let author: Subject
    package let text: CommentText
    package let createdAt: Timestamp

    package init(id: CommentID, cart: CartID, incarnation: Incarnation, author: Subject, text: CommentText, createdAt: Timestamp) {
        self.id = id
        self.cart = cart
        self.incarnation = incarnation
        self.author = author
        self.text = text
        self.createdAt = createdAt
    }
}

/// 1 to 2,000 characters of plain text; lines may break, other control characters may not stand in it.
package struct CommentText: Hashable, Sendable {
    package let text: String

    package init?(_ text: String) {
        guard (1...2000).contains(text.count), text.utf8.count <= 16_000 else { return nil }
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        guard lines.allSatisfy({ String($0).isOneLine }) else { return nil }
        guard text.unicodeScalars.contains(where: \.isVisible) else { return nil }
        self.text = text
    }
}

/// How many comments a cart has and which was the last: two differ when a comment came or went.
package struct CommentMark: Sendable, Equatable {
    package let count: Int
    package let last: Int64

    package init(count: Int, last: Int64) {
        self.count = count
        self.last = last
    }
}

extension Unicode.Scalar {
    /// Whether the scalar shows by itself: no white space, and nothing that only joins or marks others.
    fileprivate var isVisible: Bool {
        switch properties.generalCategory {
        case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark, .unassigned: false
        default: true
        }
    }
}
