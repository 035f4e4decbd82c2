// SPDX-License-Identifier: Apache-2.0

/// How a text is drawn with stars, for front ends that expect VTEX's masked fields.
///
/// `docs/policies.md` gives the rules and what they repair of VTEX's own.
enum Mask: String, CaseIterable, Sendable {
    /// `***`.
    case hidden

    /// The masked text; both valid UTF-8. The empty text stays as it is.
    func apply(to text: [UInt8]) -> [UInt8] {
        text.isEmpty ? text : Array("***".utf8)
    }
}
