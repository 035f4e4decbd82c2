// SPDX-License-Identifier: Apache-2.0

/// A place in a document as a policy sees it: how deep it is, and which lines match the way to it or a beginning of theirs does.
///
/// The depth ends one level below the longest path, as all deeper places are alike.
struct ReferencePlace: Hashable {
    let depth: Int
    let lines: [Int]

    static func root(of policy: ReferencePolicy) -> ReferencePlace {
        ReferencePlace(depth: 0, lines: Array(policy.lines.indices))
    }

    /// What a line expects next: nil where it has ended, `.rest` for good once it has come to it.
    static func next(_ line: ReferencePolicy.Line, at depth: Int) -> ReferencePolicy.Part? {
        if depth < line.parts.count { return line.parts[depth] }
        return line.endsInRest ? .rest : nil
    }

    func next(in policy: ReferencePolicy) -> [ReferencePolicy.Part] {
        lines.compactMap { Self.next(policy.lines[$0], at: depth) }
    }

    /// The place of the member `name` of an object here; nil stands for a name that no line writes.
    func member(_ name: [UInt8]?, in policy: ReferencePolicy) -> ReferencePlace {
        step(in: policy) { part in
            if case .name(let written) = part { return written == name }
            return part == .anyName || part == .rest
        }
    }

    /// The place of an element of an array here; `isChosen` tells whether it is an object whose `member` has this `value`.
    func element(in policy: ReferencePolicy, isChosen: (_ member: [UInt8], _ value: [UInt8]) -> Bool) -> ReferencePlace {
        step(in: policy) { part in
            if case .chosen(let member, let value) = part { return isChosen(member, value) }
            return part == .element || part == .rest
        }
    }

    private func step(in policy: ReferencePolicy, over matches: (ReferencePolicy.Part) -> Bool) -> ReferencePlace {
        let matching = lines.filter { Self.next(policy.lines[$0], at: depth).map(matches) ?? false }
        return ReferencePlace(depth: min(depth, policy.longest) + 1, lines: matching)
    }

    /// The lines that are not beaten at the first difference, part by part from the left; they alone say what may stand here.
    func closest(in policy: ReferencePolicy) -> [Int] {
        func looseness(_ line: Int) -> [Int] {
            (0..<depth).map { Self.looseness(of: policy.lines[line], at: $0) }
        }
        guard let best = lines.map(looseness).min(by: { $0.lexicographicallyPrecedes($1) }) else { return [] }
        return lines.filter { looseness($0) == best }
    }

    private static func looseness(of line: ReferencePolicy.Line, at index: Int) -> Int {
        (index < line.parts.count ? line.parts[index] : .rest).looseness
    }
}
