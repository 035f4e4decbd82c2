// SPDX-License-Identifier: Apache-2.0

/// What of a restored store isn't believed: links and grants that were made before a moment, and the directory.
///
/// Whatever is older may have been taken back in the part of the history that is lost.
package struct Distrust: Sendable, Equatable {
    package let time: Timestamp
    package let now: Timestamp

    package init(before time: Timestamp, at now: Timestamp) {
        self.time = time
        self.now = now
    }

    /// How many records it holds.
    package struct Counts: Sendable, Equatable {
        package let links: Int
        package let grants: Int
        package let companyUsers: Int

        package init(links: Int, grants: Int, companyUsers: Int) {
            self.links = links
            self.grants = grants
            self.companyUsers = companyUsers
        }

        static let none = Counts(links: 0, grants: 0, companyUsers: 0)

        static func + (some: Counts, others: Counts) -> Counts {
            Counts(
                links: some.links + others.links,
                grants: some.grants + others.grants,
                companyUsers: some.companyUsers + others.companyUsers
            )
        }
    }

    /// The last record of each kind that was looked at, in the order in which the store keeps them.
    package struct Place: Sendable, Equatable {
        package let link: Int64
        package let grant: Int64
        package let companyUser: String

        package init(link: Int64, grant: Int64, companyUser: String) {
            self.link = link
            self.grant = grant
            self.companyUser = companyUser
        }

        package static let start = Place(link: 0, grant: 0, companyUser: "")
    }

    /// Some records of each kind: those behind `start`, up to `end`.
    package struct Portion: Sendable, Equatable {
        package let start: Place
        package let end: Place

        package init(start: Place, end: Place) {
            self.start = start
            self.end = end
        }

        var isEmpty: Bool { start == end }
    }

    /// What a new epoch leaves out of the versions: more than a lost part of the history gives out.
    package static let skippedVersions: Int64 = 1_000_000_000
}
