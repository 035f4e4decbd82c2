// SPDX-License-Identifier: Apache-2.0

/// A property that does not hold for some input: which one, and what shows it.
package struct Violation: Error, CustomStringConvertible {
    package private(set) var description: String

    init(_ property: String, _ evidence: (name: String, value: String)...) {
        description = "broken: \(property)" + evidence.map { "\n  \($0.name): \($0.value)" }.joined()
    }

    /// The same, with the circumstances.
    func when(_ evidence: (name: String, value: String)...) -> Violation {
        var violation = self
        violation.description += evidence.map { "\n  \($0.name): \($0.value)" }.joined()
        return violation
    }
}

func expect(_ holds: Bool, _ property: @autoclosure () -> String, _ evidence: @autoclosure () -> String = "") throws(Violation) {
    guard !holds else { return }
    let evidence = evidence()
    throw evidence.isEmpty ? Violation(property()) : Violation(property(), ("shown by", evidence))
}

/// Bytes as text for a message; what is not UTF-8 becomes U+FFFD.
func shown(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
}
