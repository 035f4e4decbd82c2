// SPDX-License-Identifier: Apache-2.0

/// A policy's lines as one graph: from each place in a document, where a member or an element leads.
///
/// A node stands for the set of lines that are still possible at a place. So precedence is decided once, here, and the
/// filter only follows edges.
struct RuleGraph {
    /// One line, and how many of its segments have been matched. A `**` that has taken in something counts as matched.
    private struct State: Hashable {
        let line: Int
        let matched: Int
    }

    struct Node {
        /// The line that rules scalars here (an index into the lines), if scalars may stand here.
        var line: Int?
        var takesObject = false
        var takesArray = false
        var members: [[UInt8]: Int] = [:]
        /// Where all other members lead.
        var anyMember = RuleGraph.nothing
        var element = RuleGraph.nothing
        /// The member that tells elements apart, and where each of its values leads.
        var selector: [UInt8]?
        var chosenElements: [[UInt8]: Int] = [:]
    }

    /// The node of all places that no line names.
    static let nothing = 0
    static let root = 1
    /// A policy that mixes many `*` can grow without bound; real ones stay far below.
    static let nodeLimit = 8192

    private(set) var nodes: [Node] = [Node()]
    private let paths: [PolicyPath]
    private var known: [Set<State>: Int] = [[]: RuleGraph.nothing]
    private var waiting: [(node: Int, states: Set<State>)] = []

    /// Throws a message and the index of the line it belongs to.
    init(_ lines: [PolicyLine]) throws(Problem) {
        paths = lines.map(\.path)
        _ = node(for: Set(paths.indices.map { State(line: $0, matched: 0) }))
        while let (node, states) = waiting.popLast() {
            try expand(node, states)
            guard nodes.count <= Self.nodeLimit else {
                throw Problem(line: lines.count - 1, text: "the paths combine to more than \(Self.nodeLimit) places: use fewer '*'")
            }
        }
        known = [:]
    }

    struct Problem: Error {
        let line: Int
        let text: String
    }

    /// Whether one `**` line alone rules this place and everything beneath it.
    func isUniform(_ index: Int) -> Bool {
        let node = nodes[index]
        return node.line != nil && node.members.isEmpty && node.chosenElements.isEmpty && nodes[node.anyMember].line == node.line
            && nodes[node.element].line == node.line
    }

    private mutating func node(for states: Set<State>) -> Int {
        if let node = known[states] { return node }
        nodes.append(Node())
        known[states] = nodes.count - 1
        waiting.append((nodes.count - 1, states))
        return nodes.count - 1
    }

    /// Fills in a node: what the closest lines expect here, and where members and elements lead.
    private mutating func expand(_ index: Int, _ states: Set<State>) throws(Problem) {
        var node = Node()
        for state in closest(states) {
            switch next(state) {
            case .key, .anyKey: node.takesObject = true
            case .element, .chosenElement: node.takesArray = true
            case .rest: (node.takesObject, node.takesArray) = (true, true)
            case nil: break
            }
            // A line that ends here is closer than a '**' that starts here.
            if next(state) == nil || next(state) == .rest, node.line.map({ paths[$0].endsInRest }) ?? true { node.line = state.line }
        }
        if node.takesObject {
            for case .key(let name) in states.compactMap(next) where node.members[name] == nil {
                node.members[name] = self.node(for: step(states) { $0 == .key(name) || $0 == .anyKey })
            }
            node.anyMember = self.node(for: step(states) { $0 == .anyKey })
        }
        if node.takesArray {
            // In the order of the lines, so that the later one is blamed.
            for state in states.sorted(by: { $0.line < $1.line }) {
                guard case .chosenElement(let key, let value) = next(state) else { continue }
                guard node.selector == nil || node.selector == key else {
                    throw Problem(
                        line: state.line,
                        text: "two members tell the elements of this array apart: use the same one in '[member=value]'"
                    )
                }
                node.selector = key
                node.chosenElements[value] = self.node(for: step(states) { $0 == .chosenElement(key: key, value: value) || $0 == .element })
            }
            node.element = self.node(for: step(states) { $0 == .element })
        }
        nodes[index] = node
    }

    /// The segment a line expects next; nil where the line has ended. Inside a `**` it stays `.rest`.
    private func next(_ state: State) -> PolicyPath.Segment? {
        let segments = paths[state.line].segments
        if state.matched < segments.count { return segments[state.matched] }
        return segments.last == .rest ? .rest : nil
    }

    private func step(_ states: Set<State>, over matches: (PolicyPath.Segment) -> Bool) -> Set<State> {
        Set(
            states.compactMap { state in
                guard let segment = next(state), segment == .rest || matches(segment) else { return nil }
                return State(line: state.line, matched: min(state.matched + 1, paths[state.line].segments.count))
            }
        )
    }

    /// The states whose matched part describes the place most closely. They alone say what may stand here: an object in the
    /// place of a text that some line names must not slip through under a wider `**`.
    private func closest(_ states: Set<State>) -> [State] {
        func matched(_ state: State) -> ArraySlice<PolicyPath.Segment> { paths[state.line].segments.prefix(state.matched) }
        guard let best = states.min(by: { PolicyPath.isCloser(matched($0), than: matched($1)) }) else { return [] }
        return states.filter { !PolicyPath.isCloser(matched(best), than: matched($0)) }
    }
}
