// SPDX-License-Identifier: Apache-2.0

/// A path that a viewer does not get, or not as it is, and why.
public struct Removal: Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case payment, personal, identifier, opaque
        /// Public data that this viewer does not get.
        case withheld
        /// The link hides prices.
        case pricesHidden = "prices-hidden"
        /// The policy does not name it.
        case unlisted
        /// An object or array where a scalar was expected, or the other way round.
        case unexpectedShape = "unexpected-shape"
        /// Not an `https:` URL on a known host without query, fragment and user info.
        case unsafeLink = "unsafe-link"
        /// Personal data was cut out of it.
        case scrubbed
        /// Drawn with stars.
        case masked
    }

    /// Array positions are written `[]`.
    public let path: String
    public let reason: Reason

    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

extension Policy {
    /// The withheld paths, each as short as can be said without naming something that is shown; masked ones by themselves.
    static func removed(_ lines: [PolicyLine], for viewer: Viewer, showPrices: Bool) -> [Removal] {
        let shown = lines.filter { $0.action(for: viewer, showPrices: showPrices) != .drop }.map(\.path)
        var order: [[PolicyPath.Segment]] = []
        var removals: [[PolicyPath.Segment]: Removal] = [:]
        for line in lines {
            var path = line.path
            let reason: Removal.Reason
            switch line.action(for: viewer, showPrices: showPrices) {
            case .show, .price, .scrub, .link: continue
            case .mask: reason = .masked
            case .drop:
                let segments = path.segments
                let length = (1..<segments.count).first { length in !shown.contains { $0.mayLead(into: segments.prefix(length)) } }
                path = length.map { PolicyPath(allOf: segments.prefix($0)) } ?? path
                reason = line.reasonToDrop(for: viewer)
            }
            if let known = removals[path.segments] {
                guard reason.gravity < known.reason.gravity else { continue }
            } else {
                order.append(path.segments)
            }
            removals[path.segments] = Removal(path: path.text, reason: reason)
        }
        return order.compactMap { removals[$0] }
    }
}

extension Removal.Reason {
    /// The place in the order of declaration: what weighs most comes first.
    fileprivate var gravity: Int { Self.allCases.firstIndex(of: self)! }
}
