// SPDX-License-Identifier: Apache-2.0

import Redaction

/// A policy drawn as a tree, path by path, with a column for each viewer: for people who review it.
struct PolicyTree {
    let policy: Policy

    var text: String {
        let rows = policy.exposures
        let names = rows.indices.map { branch(before: $0, in: rows) + rows[$0].step }
        let header = ["\(policy.name)", "class"] + Self.viewers.map(\.rawValue)
        let cells = zip(rows, names).map { row, name in
            [name, row.dataClass ?? ""] + Self.viewers.map { row.actions[$0].map { $0 == "drop" ? "–" : $0 } ?? "" }
        }
        let table = Columns.lines([header] + cells).joined(separator: "\n")
        return """
            \(table)

            Every other path is shown to nobody. – is absent, show:price is shown unless the link hides prices.
            A place without a class only leads on. Closer lines win: a name before *, * before **.
            Version \(policy.version).
            """
    }

    private static let viewers: [Viewer] = [.guest, .member, .owner, .service]

    /// The lines that lead from the places above to this one.
    private func branch(before index: Int, in rows: [Exposure]) -> String {
        let depth = rows[index].depth
        return (0..<depth).map { level in
            let goesOn = Self.hasSibling(after: index, at: level + 1, in: rows)
            return level == depth - 1 ? (goesOn ? "├ " : "└ ") : (goesOn ? "│ " : "  ")
        }.joined()
    }

    /// Whether another row at this depth follows before the place above it ends.
    private static func hasSibling(after index: Int, at depth: Int, in rows: [Exposure]) -> Bool {
        rows[(index + 1)...].first { $0.depth <= depth }?.depth == depth
    }
}
