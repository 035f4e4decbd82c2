// SPDX-License-Identifier: Apache-2.0

/// Text in columns, each as wide as its widest cell.
enum Columns {
    static func lines(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0.indices.contains(column) ? $0[column].printable.count : 0 }.max() ?? 0 }
        return rows.map { row in
            trimmed(zip(row, widths).map { fit($0, $1) }.joined(separator: "  "))
        }
    }

    /// Without the spaces at its end.
    static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// The text in exactly `width` characters: cut with an ellipsis, or filled with spaces.
    static func fit(_ text: String, _ width: Int) -> String {
        let text = text.printable
        let length = text.count
        guard length > width else { return text + String(repeating: " ", count: width - length) }
        return width > 0 ? text.prefix(width - 1) + "…" : ""
    }
}
