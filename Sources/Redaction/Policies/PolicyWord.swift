// SPDX-License-Identifier: Apache-2.0

/// A thing that a policy line names by one word.
protocol PolicyWord {
    /// All of them, in the order in which they are listed to somebody who wrote another.
    static var words: [(word: String, meaning: Self)] { get }
}
