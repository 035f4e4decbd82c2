// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// An allow-list of JSON paths that says what each viewer sees of a cart.
///
/// The format is described in `docs/policies.md`. What no line names is shown to nobody.
public struct Policy: Sendable {
    /// The cart format it is for, such as `cartlink`.
    public let name: String
    /// The first 16 hexadecimal digits of the SHA-256 of its text.
    public let version: String

    /// What the views were made from, for whoever wants to read the policy.
    let lines: [PolicyLine]
    let graph: RuleGraph

    private let owner: Views
    private let member: Views
    private let guest: Views
    private let service: Views

    /// What one viewer gets, through a link that shows prices and through one that hides them.
    private struct Views {
        let withPrices: View
        let withoutPrices: View

        init(_ graph: RuleGraph, _ lines: [PolicyLine], for viewer: Viewer) {
            withPrices = View(graph, lines, for: viewer, showPrices: true)
            withoutPrices = View(graph, lines, for: viewer, showPrices: false)
        }
    }

    /// A class, so that a projection holds on to one object and not to each array in it.
    private final class View: Sendable {
        let table: RuleTable
        let removed: [Removal]

        init(_ graph: RuleGraph, _ lines: [PolicyLine], for viewer: Viewer, showPrices: Bool) {
            table = RuleTable(graph, lines, for: viewer, showPrices: showPrices)
            removed = Policy.removed(lines, for: viewer, showPrices: showPrices)
        }
    }

    /// Reads a policy and checks it; throws all its faults at once.
    ///
    /// - Parameters:
    ///   - file: how faults name the file.
    ///   - text: the file's contents.
    public init(name: String, file: String, text: String) throws(PolicyFaults) {
        var reader = PolicyReader(file: file, text: text)
        guard reader.faults.isEmpty else { throw PolicyFaults(faults: reader.faults) }
        let graph: RuleGraph
        do {
            graph = try RuleGraph(reader.lines)
        } catch {
            reader.report(error.text, at: reader.lines[error.line].number)
            throw PolicyFaults(faults: reader.faults)
        }
        let ruling = Set(graph.nodes.compactMap(\.line))
        for (index, line) in reader.lines.enumerated() where !ruling.contains(index) {
            reader.report("unreachable: closer lines rule every path of \(line.path.text); delete this line", at: line.number)
        }
        guard reader.faults.isEmpty else { throw PolicyFaults(faults: reader.faults) }
        let views = Dictionary(uniqueKeysWithValues: Viewer.allCases.map { ($0, Views(graph, reader.lines, for: $0)) })
        let check = SelectorCheck(graph: graph, lines: reader.lines)
        var hidden: [SelectorCheck.Fault: [Viewer]] = [:]
        for viewer in Viewer.allCases {
            let faults = [views[viewer]!.withPrices, views[viewer]!.withoutPrices].flatMap { check.faults(of: $0.table) }
            for fault in Set(faults) { hidden[fault, default: []].append(viewer) }
        }
        for (fault, viewers) in hidden.sorted(by: { $0.key.line < $1.key.line }) {
            let line = reader.lines[fault.line]
            reader.report(fault.message(for: viewers, path: line.path.text), at: line.number)
        }
        guard reader.faults.isEmpty else { throw PolicyFaults(faults: reader.faults) }

        self.name = name
        version = Self.version(of: text)
        (owner, member, guest, service) = (views[.owner]!, views[.member]!, views[.guest]!, views[.service]!)
        self.graph = graph
        lines = reader.lines
    }

    /// What `viewer` sees of `document`, without insignificant white space; numbers and the order of members stay as they are.
    ///
    /// A document that is not strict JSON (RFC 8259), not an object, larger than 2 MiB, nested deeper than 64 or with a key
    /// twice in one object yields a fault and nothing else, also if the flaw is in a part the viewer would not see.
    public func project(
        _ document: [UInt8],
        for viewer: Viewer,
        options: ProjectionOptions = ProjectionOptions()
    ) throws(JSONFault) -> [UInt8] {
        try Projector.project(document, by: view(for: viewer, options.showPrices).table, options, reporting: false).bytes
    }

    /// The same, with what was removed from this very document, each path once.
    ///
    /// For the owner and for operators only: to anyone else it would tell what is in the cart. At most 1,000 removals are
    /// listed, and paths are cut at 256 bytes.
    public func projectReporting(
        _ document: [UInt8],
        for viewer: Viewer,
        options: ProjectionOptions = ProjectionOptions()
    ) throws(JSONFault) -> (bytes: [UInt8], removed: [Removal]) {
        try Projector.project(document, by: view(for: viewer, options.showPrices).table, options, reporting: true)
    }

    /// The paths the policy withholds from `viewer`, in the order of the file: the same for every cart, so it tells nothing of this one.
    ///
    /// Where nothing at all is shown beneath a place, it stands for all its lines, with their gravest reason: `shippingData.**`.
    public func removed(for viewer: Viewer, showPrices: Bool = true) -> [Removal] {
        view(for: viewer, showPrices).removed
    }

    /// Whether people other than the owner get stars for what they may not see; a policy that only drops needs no personal data at all.
    package var drawsMasks: Bool {
        lines.contains { $0.guest.isMask || $0.member.isMask }
    }

    private func view(for viewer: Viewer, _ showPrices: Bool) -> View {
        let views =
            switch viewer {
            case .owner: owner
            case .member: member
            case .guest: guest
            case .service: service
            }
        return showPrices ? views.withPrices : views.withoutPrices
    }

    private static func version(of text: String) -> String {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
