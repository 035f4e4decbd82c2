// SPDX-License-Identifier: Apache-2.0

import Redaction

/// A platform's own id of a cart, wherever it turns up in the document, as in a link: whoever has it may have the cart there.
struct CartIDTraces {
    private let traces: [[UInt8]]

    /// - Parameter ids: the id in all its spellings; capitals don't matter.
    init(_ ids: some Sequence<String>) {
        traces = Set(ids.map { $0.lowercased() }).map { Array($0.utf8) }.filter { !$0.isEmpty }
    }

    /// The document without the texts, numbers and members that hold the id.
    ///
    /// - Parameter member: the name of members that go in any case, wherever they stand.
    func removed(from document: [UInt8], withMembers member: String? = nil) -> [UInt8] {
        let member = member.map { Array($0.utf8) }
        let pruning = JSONPruning(
            concerns: { bytes in bytes.holdsEscapes || isWithin(bytes) || (member.map { part in bytes.holds(part) } ?? false) },
            removesMember: { name in member.map { $0.elementsEqual(name.utf8) } ?? false },
            removesText: areIn
        )
        return pruning.rest(of: JSONNode(document)) ?? Array("{}".utf8)
    }

    func areIn(_ text: String) -> Bool {
        isWithin(Array(text.utf8), alone: true)
    }

    /// - Parameter alone: whether an id so short that it can be part of any number has to stand as a part of a link by itself.
    private func isWithin(_ bytes: [UInt8], alone: Bool = false) -> Bool {
        let text = bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        return traces.contains { trace in
            guard alone, trace.count < Self.tellingLength else { return text.holds(trace) }
            return text.contains(UInt8(ascii: "/")) && text.holds(trace) { !$0.contains(where: Self.isLetterOrDigit) }
        }
    }

    /// From this length on an id hardly turns up by chance.
    static let tellingLength = 8

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
