// SPDX-License-Identifier: Apache-2.0

/// Whoever sees something of an array's element must see by what its elements are told apart: else the choice would tell a
/// withheld value, and a projection filtered again would come out smaller.
struct SelectorCheck {
    let graph: RuleGraph
    let lines: [PolicyLine]

    struct Fault: Hashable {
        let line: Int
        let selector: String

        func message(for viewers: [Viewer], path: String) -> String {
            "\(path) is shown to the \(viewers.map(\.rawValue).joined(separator: ", ")), but not '\(selector)', by which the elements of "
                + "this array are chosen: show '\(selector)' as well"
        }
    }

    /// The faults of one viewer's table.
    func faults(of table: RuleTable) -> [Fault] {
        graph.nodes.flatMap { node -> [Fault] in
            guard let selector = node.selector else { return [] }
            return ([node.element] + node.chosenElements.values).compactMap { element in
                guard table.rules[element].isVisible else { return nil }
                let child = graph.nodes[element].members[selector] ?? graph.nodes[element].anyMember
                guard table.rules[child].scalar != .show else { return nil }
                return Fault(line: firstShown(under: element, table), selector: String(decoding: selector, as: UTF8.self))
            }
        }
    }

    /// The first line of the file that shows something at a place or beneath it.
    private func firstShown(under start: Int, _ table: RuleTable) -> Int {
        var first = lines.count - 1
        var seen: Set<Int> = [RuleGraph.nothing]
        var waiting = [start]
        while let index = waiting.popLast() {
            guard seen.insert(index).inserted else { continue }
            let node = graph.nodes[index]
            if let line = node.line, table.rules[index].scalar != .drop { first = min(first, line) }
            waiting += Array(node.members.values) + Array(node.chosenElements.values) + [node.anyMember, node.element]
        }
        return first
    }
}
