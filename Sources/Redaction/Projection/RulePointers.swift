// SPDX-License-Identifier: Apache-2.0

/// A rule table lent to the filter for the time of one document.
///
/// Sound because `RuleTable` made every index in it, and keeps the arrays alive while it lends them.
struct RulePointers {
    private let rules: UnsafeBufferPointer<RuleTable.Rule>
    private let slots: UnsafeBufferPointer<Int32>
    private let edges: UnsafeBufferPointer<RuleTable.Edge>
    private let names: UnsafeBufferPointer<UInt8>
    private let selectors: [[UInt8]]

    init(
        rules: UnsafeBufferPointer<RuleTable.Rule>,
        slots: UnsafeBufferPointer<Int32>,
        edges: UnsafeBufferPointer<RuleTable.Edge>,
        names: UnsafeBufferPointer<UInt8>,
        selectors: [[UInt8]]
    ) {
        self.rules = rules
        self.slots = slots
        self.edges = edges
        self.names = names
        self.selectors = selectors
    }

    /// A rule, by pointer so that it is not copied.
    @inline(__always)
    subscript(rule: Int) -> UnsafePointer<RuleTable.Rule> {
        rules.baseAddress! + rule  // never empty: there is always the rule for nothing
    }

    @inline(__always)
    func selector(of rule: Int) -> [UInt8]? {
        let selector = self[rule].pointee.selector
        return selector < 0 ? nil : selectors[Int(selector)]
    }

    /// Where `name` leads, or -1. A raw name serves when it has no escapes: then it is its own decoded form.
    @inline(__always)
    func find(_ name: UnsafePointer<UInt8>, _ count: Int, _ hash: UInt64, in lookup: RuleTable.Lookup) -> Int {
        guard lookup.mask >= 0 else { return -1 }
        var slot = Int32(truncatingIfNeeded: hash) & lookup.mask
        while true {
            let index = slots[Int(lookup.start + slot)]
            guard index >= 0 else { return -1 }
            let edge = edges[Int(index)]
            if edge.hash == hash, edge.name.count == count,
                JSONScanner.areEqual(names.baseAddress! + Int(edge.name.lowerBound), name, count)
            {
                return Int(edge.rule)
            }
            slot = (slot + 1) & lookup.mask
        }
    }

    func find(_ name: [UInt8], _ hash: UInt64, in lookup: RuleTable.Lookup) -> Int {
        name.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return -1 }
            return find(base, buffer.count, hash, in: lookup)
        }
    }
}
