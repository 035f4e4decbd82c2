// SPDX-License-Identifier: Apache-2.0

/// What the filter looks up for one viewer: the graph as flat arrays, with the viewer's actions filled in.
struct RuleTable: Sendable {
    struct Rule: Sendable {
        /// What happens to a scalar here.
        var scalar = Action.drop
        /// Whether an object, an array stays, even an empty one: true where something beneath it may be shown. It depends on
        /// the policy alone, so the shape of the output tells nothing of what was withheld.
        var keepsObject = false
        var keepsArray = false
        /// Something here or beneath is scrubbed.
        var scrubs = false
        /// The keys that lead to `anyMember` are free text like the values below them.
        var scrubsKeys = false
        /// Why scalars here, or all of it, are dropped.
        var reason = Removal.Reason.unlisted
        /// Which kinds of values some line expects here.
        var takesScalar = false
        var takesObject = false
        var takesArray = false
        /// One `**` line alone rules this place and everything beneath it.
        var isUniform = false
        var anyMember: Int32 = 0
        var element: Int32 = 0
        var members = Lookup()
        var chosenElements = Lookup()
        /// The member that tells elements apart; none if its count is -1.
        var selector = Name(hash: 0, start: 0, count: -1)

        @inline(__always)
        var isVisible: Bool { scalar != .drop || keepsObject || keepsArray }
    }

    /// A hash table inside `slots`; a mask of -1 means that it is empty.
    struct Lookup: Sendable {
        var start: Int32 = 0
        var mask: Int32 = -1
    }

    /// A piece of `names`, with its hash.
    struct Name: Sendable {
        let hash: UInt64
        let start: Int32
        let count: Int32
    }

    /// One slot of a hash table: the rule is -1 where it is free.
    struct Edge: Sendable {
        var name = Name(hash: 0, start: 0, count: 0)
        var rule: Int32 = -1
    }

    private(set) var rules: [Rule] = []
    private var slots: [Edge] = [Edge()]
    private var names: [UInt8] = [0]
    /// How many times longer than the document a projection may be: a mask draws one letter as four characters.
    private(set) var growth = 1

    init(_ graph: RuleGraph, _ lines: [PolicyLine], for viewer: Viewer, showPrices: Bool) {
        for node in graph.nodes {
            var rule = Rule()
            if let line = node.line.map({ lines[$0] }) {
                rule.takesScalar = true
                rule.scalar = line.action(for: viewer, showPrices: showPrices)
                rule.reason = line.reasonToDrop(for: viewer)
                rule.scrubs = rule.scalar == .scrub
                if case .mask = rule.scalar { growth = 4 }
            }
            rule.takesObject = node.takesObject
            rule.takesArray = node.takesArray
            rule.isUniform = graph.isUniform(rules.count)
            rule.anyMember = Int32(node.anyMember)
            rule.element = Int32(node.element)
            rule.members = lookup(node.members)
            rule.chosenElements = lookup(node.chosenElements)
            if let selector = node.selector { rule.selector = name(selector) }
            rules.append(rule)
        }
        keepWhatLeadsSomewhere(graph)
    }

    /// Lends the arrays to `body` without bounds checks and reference counting: see `RulePointers`.
    func withPointers<Result>(_ body: (RulePointers) -> Result) -> Result {
        rules.withUnsafeBufferPointer { rules in
            slots.withUnsafeBufferPointer { slots in
                names.withUnsafeBufferPointer { names in
                    body(RulePointers(rules: rules, slots: slots, names: names))
                }
            }
        }
    }

    private mutating func lookup(_ targets: [[UInt8]: Int]) -> Lookup {
        guard !targets.isEmpty else { return Lookup() }
        let size = 1 << (Int.bitWidth - (targets.count * 2 - 1).leadingZeroBitCount)
        let start = slots.count
        slots.append(contentsOf: repeatElement(Edge(), count: size))
        for (text, rule) in targets {
            let name = name(text)
            var slot = Int(truncatingIfNeeded: name.hash) & (size - 1)
            while slots[start + slot].rule >= 0 { slot = (slot + 1) & (size - 1) }
            slots[start + slot] = Edge(name: name, rule: Int32(rule))
        }
        return Lookup(start: Int32(start), mask: Int32(size - 1))
    }

    private mutating func name(_ text: [UInt8]) -> Name {
        let name = Name(hash: KeyHasher.shared.hash(text), start: Int32(names.count), count: Int32(text.count))
        names += text
        return name
    }

    /// A container stays if something beneath it may be shown. Repeated until nothing changes: a `**` leads to itself.
    private mutating func keepWhatLeadsSomewhere(_ graph: RuleGraph) {
        var changed = true
        while changed {
            changed = false
            for (index, node) in graph.nodes.enumerated().reversed() {
                var rule = rules[index]
                let members = node.members.values + [node.anyMember]
                let elements = node.chosenElements.values + [node.element]
                rule.keepsObject = node.takesObject && members.contains { rules[$0].isVisible }
                rule.keepsArray = node.takesArray && elements.contains { rules[$0].isVisible }
                rule.scrubs = rule.scalar == .scrub || (members + elements).contains { rules[$0].scrubs }
                rule.scrubsKeys = rules[node.anyMember].scrubs
                if rule.isVisible != rules[index].isVisible || rule.scrubs != rules[index].scrubs {
                    changed = true
                }
                rules[index] = rule
            }
        }
    }
}

extension PolicyLine {
    func reasonToDrop(for viewer: Viewer) -> Removal.Reason {
        switch dataClass {
        case .personal: .personal
        case .payment: .payment
        case .identifier: .identifier
        case .opaque: .opaque
        case .public: action(for: viewer, showPrices: true) == .drop ? .withheld : .pricesHidden
        }
    }
}
