// SPDX-License-Identifier: Apache-2.0

/// What the shop's configuration allows of links.
package struct SharingRules: Sendable {
    package var linksPerCart: Int
    package var commentsPerCart: Int
    /// People with access to one cart; a list that nobody can read any more helps no owner.
    package let grantsPerCart = 1000
    package var external: External
    package var `internal`: Internal

    package struct External: Sendable {
        package var isAllowed: Bool
        package var term: Term
        package var showPrices: Bool

        package init(isAllowed: Bool = true, term: Term = Term(standard: 7 * 86_400, longest: 80 * 86_400), showPrices: Bool = true) {
            self.isAllowed = isAllowed
            self.term = term
            self.showPrices = showPrices
        }
    }

    package struct Internal: Sendable {
        package var circles: Set<Audience.Circle.Kind>
        package var allowsFull: Bool
        package var term: Term

        package init(
            circles: Set<Audience.Circle.Kind> = Set(Audience.Circle.Kind.allCases),
            allowsFull: Bool = true,
            term: Term = Term(standard: 30 * 86_400, longest: 80 * 86_400)
        ) {
            self.circles = circles
            self.allowsFull = allowsFull
            self.term = term
        }
    }

    /// How long links live, in seconds from their creation.
    package struct Term: Sendable {
        package var standard: Int64
        package var longest: Int64

        package init(standard: Int64, longest: Int64) {
            self.standard = standard
            self.longest = longest
        }
    }

    package init(
        linksPerCart: Int = 100,
        commentsPerCart: Int = 500,
        external: External = External(),
        internal: Internal = Internal()
    ) {
        self.linksPerCart = linksPerCart
        self.commentsPerCart = commentsPerCart
        self.external = external
        self.internal = `internal`
    }

    /// Whether the shop allows links of this kind.
    package func allow(_ audience: Audience, _ access: Access) -> Bool {
        switch audience {
        case .external: external.isAllowed
        case .internal(let circle): `internal`.circles.contains(circle.kind) && (access == .readOnly || `internal`.allowsFull)
        }
    }

    package func term(for audience: Audience) -> Term {
        switch audience {
        case .external: external.term
        case .internal: `internal`.term
        }
    }
}
