// SPDX-License-Identifier: Apache-2.0

/// Everything that is wrong with a policy file.
public struct PolicyFaults: Error, Sendable, Hashable, CustomStringConvertible {
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        public let file: String
        /// Counted from 1.
        public let line: Int
        /// What is wrong and what to do.
        public let message: String

        public var description: String { "\(file):\(line): \(message)" }
    }

    /// In the order of the file; never empty.
    public let faults: [Fault]

    /// One line a fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// What is wrong with one line, before it is known which.
struct PolicyMessage: Error {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
