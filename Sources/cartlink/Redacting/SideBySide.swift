// SPDX-License-Identifier: Apache-2.0

/// Two texts beside each other, line by line: `<` and `>` mark what only one of them has.
struct SideBySide {
    struct Row: Hashable {
        var left: String?
        var right: String?
    }

    let rows: [Row]

    /// Takes time in proportion to the texts: where they differ, it goes on at whichever line both have next.
    init(_ left: [String], _ right: [String]) {
        let (inLeft, inRight) = (Places(left), Places(right))
        var rows: [Row] = []
        var (one, other) = (0, 0)
        while one < left.count || other < right.count {
            if one < left.count, other < right.count, left[one] == right[other] {
                rows.append(Row(left: left[one], right: right[other]))
                (one, other) = (one + 1, other + 1)
                continue
            }
            let onLeft = other < right.count ? inLeft.next(right[other], from: one) : nil
            let onRight = one < left.count ? inRight.next(left[one], from: other) : nil
            if let place = onLeft, place - one <= (onRight ?? .max) - other {
                rows += left[one..<place].map { Row(left: $0) }
                one = place
            } else if let place = onRight {
                rows += right[other..<place].map { Row(right: $0) }
                other = place
            } else {
                if one < left.count { rows.append(Row(left: left[one])) }
                if other < right.count { rows.append(Row(right: right[other])) }
                (one, other) = (one + 1, other + 1)
            }
        }
        self.rows = rows
    }

    /// Where each line of a text stands.
    private struct Places {
        private var places: [String: [Int]] = [:]

        init(_ lines: [String]) {
            for (place, line) in lines.enumerated() { places[line, default: []].append(place) }
        }

        func next(_ line: String, from start: Int) -> Int? {
            guard let places = places[line] else { return nil }
            var (low, high) = (0, places.count)
            while low < high {
                let middle = (low + high) / 2
                if places[middle] < start { low = middle + 1 } else { high = middle }
            }
            return low < places.count ? places[low] : nil
        }
    }

    /// - Parameter width: of the whole, in characters, within reason; long lines are cut.
    func text(headers: (String, String), width: Int) -> String {
        let column = (min(max(width, 45), 400) - 5) / 2
        let lines = rows.map { row in
            let mark = row.left == nil ? ">" : row.right == nil ? "<" : " "
            return Columns.trimmed("\(Columns.fit(row.left ?? "", column))  \(mark)  \(Columns.fit(row.right ?? "", column))")
        }
        let title = "\(Columns.fit(headers.0, column))     \(headers.1)"
        return ([title, String(repeating: "─", count: column * 2 + 5)] + lines).joined(separator: "\n")
    }
}
