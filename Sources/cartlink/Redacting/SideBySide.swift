// SPDX-License-Identifier: Apache-2.0

/// Two texts beside each other, line by line: `<` and `>` mark what only one of them has.
struct SideBySide {
    struct Row: Hashable {
        var left: String?
        var right: String?
    }

    let rows: [Row]

    init(_ left: [String], _ right: [String]) {
        var rows: [Row] = []
        let difference = right.difference(from: left)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var (one, other) = (0, 0)
        while one < left.count || other < right.count {
            if removed.contains(one) {
                rows.append(Row(left: left[one]))
                one += 1
            } else if inserted.contains(other) {
                rows.append(Row(right: right[other]))
                other += 1
            } else {
                rows.append(Row(left: left[one], right: right[other]))
                (one, other) = (one + 1, other + 1)
            }
        }
        self.rows = rows
    }

    /// - Parameter width: of the whole, in characters; long lines are cut.
    func text(headers: (String, String), width: Int) -> String {
        let column = max(20, (width - 5) / 2)
        let lines = rows.map { row in
            let mark = row.left == nil ? ">" : row.right == nil ? "<" : " "
            return Columns.trimmed("\(Columns.fit(row.left ?? "", column))  \(mark)  \(Columns.fit(row.right ?? "", column))")
        }
        let title = "\(Columns.fit(headers.0, column))     \(headers.1)"
        return ([title, String(repeating: "─", count: column * 2 + 5)] + lines).joined(separator: "\n")
    }
}
