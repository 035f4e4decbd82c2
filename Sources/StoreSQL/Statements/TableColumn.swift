// SPDX-License-Identifier: Apache-2.0

/// The columns of a table in the order in which they are read and written; a case's name is the column's.
package protocol TableColumn: CaseIterable, RawRepresentable<Int>, Sendable {
    /// Whether SQLite keeps as a number what PostgreSQL keeps as a truth.
    var isTruth: Bool { get }
}

extension TableColumn {
    package var isTruth: Bool { false }

    /// As it stands in a statement: PostgreSQL has a word of its own that is one of our columns.
    package var name: String {
        let name = "\(self)"
        return name == "user" ? "\"user\"" : name
    }

    package static var names: String { allCases.map(\.name).joined(separator: ", ") }
    package static var places: String { allCases.map { _ in "?" }.joined(separator: ", ") }
    /// Writes each column of a row that was there over: what goes behind `DO UPDATE SET`.
    package static var overwritten: String { allCases.map { "\($0.name) = excluded.\($0.name)" }.joined(separator: ", ") }
}
