// SPDX-License-Identifier: Apache-2.0

import Foundation

struct CartFile {
    let bytes: [UInt8]

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw BenchFault("\(path) can't be read") }
        bytes = Array(data)
    }
}

/// Why nothing was measured, for the reader of a terminal.
struct BenchFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
