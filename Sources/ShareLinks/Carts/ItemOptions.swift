// SPDX-License-Identifier: Apache-2.0

/// What a person chose of an article, such as its colour and size: at most 20 values by name, in the person's order.
package struct ItemOptions: Sendable {
    package struct Choice: Sendable {
        package let name: String
        package let value: String

        /// A name has up to 64 characters, a value up to 200; both stand on one line.
        package init?(name: String, value: String) {
            guard (1...64).contains(name.count), name.utf8.count <= 256, name.isOneLine else { return nil }
            guard (1...200).contains(value.count), value.utf8.count <= 800, value.isOneLine else { return nil }
            self.name = name
            self.value = value
        }
    }

    package static let limit = 20
    package static let none = ItemOptions()

    package let choices: [Choice]
    package let valuesByName: [String: String]

    private init() {
        choices = []
        valuesByName = [:]
    }

    /// Nil where there are too many, or where two names read the same.
    package init?(_ choices: [Choice]) {
        guard choices.count <= Self.limit else { return nil }
        self.choices = choices
        valuesByName = Dictionary(choices.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        // Names that differ in their bytes may still be the same text to Unicode.
        guard valuesByName.count == choices.count else { return nil }
    }
}
