// SPDX-License-Identifier: Apache-2.0

/// Collects what was really removed from one document, each path once, within bounds a hostile document can't stretch.
struct RemovalLog {
    private static let countLimit = 1000
    private static let pathLimit = 256

    private(set) var removals: [Removal] = []
    private var known: Set<Removal> = []
    /// The path of the place the filter is at, cut at `pathLimit`.
    private var path: [UInt8] = []
    /// How long it was before each step.
    private var lengths: [Int] = []

    mutating func enter(key: [UInt8]) {
        lengths.append(path.count)
        append(path.isEmpty ? key : [UInt8(ascii: ".")] + key)
    }

    mutating func enterElement() {
        lengths.append(path.count)
        append(Array("[]".utf8))
    }

    mutating func leave() {
        path.removeSubrange(lengths.removeLast()...)
    }

    mutating func add(_ reason: Removal.Reason) {
        guard removals.count < Self.countLimit else { return }
        let removal = Removal(path: String(decoding: path, as: UTF8.self), reason: reason)
        if known.insert(removal).inserted { removals.append(removal) }
    }

    private mutating func append(_ bytes: [UInt8]) {
        path += bytes.prefix(max(0, Self.pathLimit - path.count))
    }
}
