// SPDX-License-Identifier: Apache-2.0

/// One place of a cart, and what each viewer gets of it: as the filter decides, with precedence already applied.
public struct Exposure: Sendable, Hashable {
    /// How many places it lies under; 0 for the cart's own members.
    public let depth: Int
    /// The steps from the place above, as a policy writes them: `sku`, `items[]`, `[id=Items]`, `*`, `customer.**`.
    public let step: String
    /// The class of what stands here; nil where the place only holds others.
    public let dataClass: String?
    /// The word for what happens to a scalar here, for each viewer; empty where the place only holds others.
    public let actions: [Viewer: String]
}

extension Policy {
    /// Every place that some line rules, from the outside in and otherwise in the order of the file; all others are shown to nobody.
    ///
    /// At each place the rows below it are listed from the closest to the widest: names, then `*`, then `**`. Many `*` in one
    /// policy can combine to trees without end, so after 8,192 rows a last one says `…`.
    public var exposures: [Exposure] {
        var walk = ExposureWalk(graph: graph, lines: lines)
        walk.visit(RuleGraph.root, step: "", depth: -1)
        return walk.rows
    }
}

/// Follows a policy's graph down from the root.
private struct ExposureWalk {
    let graph: RuleGraph
    let lines: [PolicyLine]
    var rows: [Exposure] = []
    private var firstLines: [Int: Int] = [:]

    init(graph: RuleGraph, lines: [PolicyLine]) {
        self.graph = graph
        self.lines = lines
    }

    mutating func visit(_ index: Int, step: String, depth: Int) {
        guard rows.count < RuleGraph.nodeLimit else {
            if rows.last?.step != "…" { rows.append(Exposure(depth: 0, step: "…", dataClass: nil, actions: [:])) }
            return
        }
        let node = graph.nodes[index]
        if graph.isUniform(index) { return add(step.isEmpty || step == "*" ? "**" : step + ".**", node.line, depth) }
        let children = children(of: node)
        // A place that only leads into an array is no row of its own: items[].
        if node.line == nil, children.count == 1, let only = children.first, only.step.hasPrefix("[") {
            return visit(only.node, step: step + only.step, depth: depth)
        }
        if !step.isEmpty { add(step, node.line, depth) }
        for child in children { visit(child.node, step: child.step, depth: depth + 1) }
    }

    private mutating func add(_ step: String, _ line: Int?, _ depth: Int) {
        let line = line.map { lines[$0] }
        let actions = line.map { line in Viewer.allCases.map { ($0, line.word(for: $0)) } } ?? []
        rows.append(
            Exposure(
                depth: depth,
                step: step,
                dataClass: line?.dataClass.rawValue,
                actions: Dictionary(uniqueKeysWithValues: actions)
            )
        )
    }

    private mutating func children(of node: RuleGraph.Node) -> [(step: String, node: Int)] {
        let text = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
        var children = inOrder(node.members).map { (step: text($0.key), node: $0.value) }
        if node.anyMember != RuleGraph.nothing { children.append(("*", node.anyMember)) }
        if let selector = node.selector {
            children += inOrder(node.chosenElements).map { ("[\(text(selector))=\(text($0.key))]", $0.value) }
        }
        // Where a '**' goes on, its elements are one thing with its members.
        if node.element != RuleGraph.nothing, node.element != node.anyMember { children.append(("[]", node.element)) }
        return children
    }

    private mutating func inOrder(_ targets: [[UInt8]: Int]) -> [(key: [UInt8], value: Int)] {
        var places: [(place: Int, target: (key: [UInt8], value: Int))] = []
        for (key, value) in targets { places.append((firstLine(under: value), (key, value))) }
        return places.sorted { one, other in
            one.place == other.place ? one.target.key.lexicographicallyPrecedes(other.target.key) : one.place < other.place
        }.map(\.target)
    }

    /// The first line of the file that rules something here or below.
    private mutating func firstLine(under index: Int) -> Int {
        if let known = firstLines[index] { return known }
        let node = graph.nodes[index]
        let own = node.line ?? .max
        if index == RuleGraph.nothing || graph.isUniform(index) { return own }
        let below = Array(node.members.values) + Array(node.chosenElements.values) + [node.anyMember, node.element]
        let first = below.reduce(own) { min($0, firstLine(under: $1)) }
        firstLines[index] = first
        return first
    }
}

extension PolicyLine {
    fileprivate func word(for viewer: Viewer) -> String {
        let column =
            switch viewer {
            case .guest: guest
            case .member: member
            case .owner: owner
            case .service: action(for: .service, showPrices: true)
            }
        return column.word
    }
}
