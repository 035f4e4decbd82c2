// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// How far a reader was told, as the `id` of an event: `<version>-<comments>-<last comment>`, or the version alone.
///
/// A browser that reconnects sends it back as `Last-Event-ID`, and hears what it missed.
struct EventID: Equatable, CustomStringConvertible {
    let version: CartVersion
    /// Nil where the reader knows only of a version.
    let comments: CommentMark?

    init(_ glimpse: CartGlimpse) {
        version = glimpse.version
        comments = glimpse.comments
    }

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        switch parts.count {
        case 1:
            guard let version = parts[0] else { return nil }
            self.version = CartVersion(version)
            comments = nil
        case 3:
            guard let version = parts[0], let count = parts[1].flatMap({ Int(exactly: $0) }), let last = parts[2] else { return nil }
            self.version = CartVersion(version)
            comments = CommentMark(count: count, last: last)
        default: return nil
        }
    }

    var description: String {
        guard let comments else { return version.description }
        return "\(version)-\(comments.count)-\(comments.last)"
    }
}
