// SPDX-License-Identifier: Apache-2.0

extension PolicyReader {
    /// Whoever sees something of a chosen element, or of the others where it is left out, must see what it was chosen by: else the
    /// choice would tell a withheld value, and a projection filtered again would come out smaller.
    mutating func checkSelectors(of line: PolicyLine) {
        for (index, segment) in line.path.segments.enumerated() {
            guard case .chosenElement(let key, _) = segment else { continue }
            let selector = line.path.segments[...index] + [.key(key)]
            let rule = closest(at: selector)
            var others = line.path.segments
            others[index] = .element
            let lines = [line, closest(at: others[...])].compactMap { $0 }
            for viewer in Viewer.allCases {
                let isHidden = [true, false].contains { showPrices in
                    lines.contains { $0.action(for: viewer, showPrices: showPrices) != .drop }
                        && rule.map { $0.action(for: viewer, showPrices: showPrices) != .show } ?? true
                }
                guard isHidden else { continue }
                return report(
                    "\(viewer)s would learn from \(line.path.text) by what it was chosen, without seeing it: "
                        + "let them see \(PolicyPath.text(of: selector)) as well",
                    at: line.number
                )
            }
        }
    }

    /// The line that rules a scalar at this place.
    private func closest(at place: ArraySlice<PolicyPath.Segment>) -> PolicyLine? {
        lines.filter { $0.path.covers(place) }.reduce(nil) { best, line in
            best.map { PolicyPath.isCloser(line.path.segments[...], than: $0.path.segments[...]) ? line : $0 } ?? line
        }
    }
}
