// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum CommentColumn: Int, TableColumn {
    case id, cart, incarnation, author, text, createdAt
}

extension Comment {
    init(row: any SQLRow) throws {
        self.init(
            id: try row.parsed(CommentColumn.id) { CommentID($0 as String) },
            cart: try row.parsed(CommentColumn.cart) { CartID($0 as String) },
            incarnation: Incarnation(try row.value(CommentColumn.incarnation)),
            author: try row.parsed(CommentColumn.author) { Subject($0 as String) },
            text: try row.parsed(CommentColumn.text, CommentText.init),
            createdAt: try row.timestamp(CommentColumn.createdAt)
        )
    }

    var row: [SQLValue] {
        [
            .text(id.text), .text(cart.text), .integer(incarnation.number), .text(author.description), .text(text.text),
            .integer(createdAt.milliseconds),
        ]
    }
}
