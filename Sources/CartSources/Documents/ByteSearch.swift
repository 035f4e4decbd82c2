// SPDX-License-Identifier: Apache-2.0

extension [UInt8] {
    /// Whether the bytes hold a part, at any place whose neighbours will do.
    func holds(_ part: [UInt8], where neighboursDo: ([UInt8]) -> Bool = { _ in true }) -> Bool {
        guard let first = part.first, count >= part.count else { return false }
        for start in 0...(count - part.count) where self[start] == first {
            let end = start + part.count
            guard self[start..<end].elementsEqual(part) else { continue }
            let neighbours = (start > 0 ? [self[start - 1]] : []) + (end < count ? [self[end]] : [])
            if neighboursDo(neighbours) { return true }
        }
        return false
    }

    /// Whether a JSON text may say letters that its bytes don't show.
    var holdsEscapes: Bool { holds(Array(#"\u"#.utf8)) }
}
