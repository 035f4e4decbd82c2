// SPDX-License-Identifier: Apache-2.0

/// What tells a cart from another that the platform may give the same id one day: a digest for each of its lasting traits.
package struct CartFingerprint: Sendable, Equatable {
    /// By the trait's name: letters and digits.
    package let traits: [String: String]

    package init(_ traits: [String: String]) {
        self.traits = traits
    }

    /// Whether a cart with the traits `now` can be the one with these.
    ///
    /// A trait may come, as when a guest logs in; one that was there neither goes nor changes.
    package func fits(_ now: CartFingerprint) -> Bool {
        traits.allSatisfy { now.traits[$0.key] == $0.value }
    }

    /// `name=digest` in the order of the names, with spaces between.
    package var text: String {
        traits.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    package init?(text: String) {
        var traits: [String: String] = [:]
        for part in text.split(separator: " ") {
            let pieces = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pieces.count == 2, traits.updateValue(String(pieces[1]), forKey: String(pieces[0])) == nil else { return nil }
        }
        self.traits = traits
    }
}
