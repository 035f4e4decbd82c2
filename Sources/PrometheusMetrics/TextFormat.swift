// SPDX-License-Identifier: Apache-2.0
// The small rules of the text format: https://prometheus.io/docs/instrumenting/exposition_formats/ and the data model's naming rules.

/// A legal metric name with the ending its kind asks for: `http.requests` becomes `http_requests_total`.
func metricName(_ label: String, ending: String) -> String {
    let name = legalName(label, alsoLegal: ":")
    return name.hasSuffix(ending) ? name : name + ending
}

/// A legal label name.
///
/// `le` belongs to histograms; a name that starts with two underscores, to Prometheus.
func labelName(_ name: String) -> String {
    let name = legalName(name, alsoLegal: "_")
    return name == "le" || name.hasPrefix("__") ? "label_" + name.drop { $0 == "_" } : name
}

private func legalName(_ text: String, alsoLegal: Unicode.Scalar) -> String {
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", alsoLegal: name.append(scalar)
        default: name.append("_")
        }
    }
    if name.first.map({ ("0"..."9").contains($0) }) ?? true { name.insert("_", at: name.startIndex) }
    return String(name)
}

func escapedLabelValue(_ value: String) -> String {
    escaped(value) { $0 == "\"" ? "\\\"" : nil }
}

func escapedHelp(_ text: String) -> String {
    escaped(text) { _ in nil }
}

/// Goes by Unicode scalars: in Swift a carriage return and its newline are one character.
private func escaped(_ text: String, also: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        default: result += also(scalar) ?? String(scalar)
        }
    }
    return result
}

/// A sample's value: whole numbers without a fraction, the special ones as Prometheus spells them.
func sampleText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    if let whole = Int64(exactly: value) { return String(whole) }
    return String(value)
}

extension String {
    mutating func writeSample(_ name: String, _ labels: String, _ value: String) {
        self += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }
}
