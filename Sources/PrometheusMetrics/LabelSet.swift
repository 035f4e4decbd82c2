// SPDX-License-Identifier: Apache-2.0

/// The labels of one series, in the text format's notation and ordered by name.
struct LabelSet: Sendable {
    /// `method="GET",route="/s/{token}"`; empty when there are no labels.
    let text: String
    private let names: [String]

    /// Makes every name a legal one; of names that become equal, the first keeps its value.
    init(_ dimensions: [(String, String)]) {
        var values: [String: String] = [:]
        for (name, value) in dimensions {
            let name = labelName(name)
            if values[name] == nil { values[name] = value }
        }
        let sorted = values.sorted { $0.key < $1.key }
        names = sorted.map(\.key)
        text = sorted.map { label($0.key, $0.value) }.joined(separator: ",")
    }

    /// Where label sets beyond the limit are counted: the same names, each with the value `other`.
    var overflow: LabelSet {
        LabelSet(names.map { ($0, "other") })
    }

    /// The labels and one more behind them, which the format reserves for itself.
    func text(endingWith name: String, _ value: String) -> String {
        text.isEmpty ? label(name, value) : "\(text),\(label(name, value))"
    }
}

private func label(_ name: String, _ value: String) -> String {
    "\(name)=\"\(escapedLabelValue(value))\""
}
