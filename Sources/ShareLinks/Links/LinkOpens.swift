// SPDX-License-Identifier: Apache-2.0

/// How often a link's page was opened, as far as that can be told; good for an owner to know, and for no decision.
package struct LinkOpens: Sendable, Equatable {
    /// Times that a page told that somebody looks at it; the owner's own looks are not among them.
    package var people: Int
    /// Times that a preview, a scanner or a prefetch fetched the page.
    package var robots: Int
    /// When a person last opened it.
    package var lastAt: Timestamp?

    package init(people: Int = 0, robots: Int = 0, lastAt: Timestamp? = nil) {
        self.people = people
        self.robots = robots
        self.lastAt = lastAt
    }

    package static func + (one: LinkOpens, other: LinkOpens) -> LinkOpens {
        LinkOpens(
            people: one.people + other.people,
            robots: one.robots + other.robots,
            lastAt: [one.lastAt, other.lastAt].compactMap { $0 }.max()
        )
    }
}
