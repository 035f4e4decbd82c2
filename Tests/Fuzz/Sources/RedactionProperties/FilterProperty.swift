// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What must hold of the filter for every document, policy, viewer and option.
package enum FilterProperty {
    /// - Parameter input: a letter for the policy (see `FilterPolicies`; `?`: the policy's text stands before the document, which
    ///   begins at the first line that starts with `{`; `~`: the rest decides what policy and document are made), a character for
    ///   the viewer and the options, and the document.
    package static func check(_ input: [UInt8]) throws(Violation) {
        guard input.count >= 2 else { return }
        let viewer = Viewer.allCases[Int(input[1]) & 3]
        let options = ProjectionOptions(showPrices: input[1] & 4 == 0, linkHosts: input[1] & 8 == 0 ? ["shop.example"] : [])
        let rest = input[2...]
        switch input[0] {
        case UInt8(ascii: "~"):
            var choices = Choices(rest)
            guard let made = PolicyMaker.policy(by: &choices), let reference = ReferencePolicy(made.text) else { return }
            let document = DocumentMaker.document(by: &choices)
            try check(document, .init(text: made.text, policy: made.policy, reference: reference), viewer, options)
        case UInt8(ascii: "?"):
            let start = rest.indices.first { rest[$0] == UInt8(ascii: "{") && $0 > rest.startIndex && rest[$0 - 1] == UInt8(ascii: "\n") }
            guard let start, start < 1024, let prepared = FilterPolicies.prepare(shown(rest[..<start])) else { return }
            try check(Array(rest[start...]), prepared, viewer, options)
        default:
            try check(Array(rest), FilterPolicies.policy(input[0]), viewer, options)
        }
    }

    static func check(
        _ document: [UInt8],
        _ prepared: FilterPolicies.Prepared,
        _ viewer: Viewer,
        _ options: ProjectionOptions
    ) throws(Violation) {
        do throws(Violation) {
            try checkBoth(document, prepared, viewer, options)
        } catch {
            let policy = prepared.text.utf8.count > 1024 ? "\(prepared.policy.version)" : prepared.text
            throw error.when(("document", shown(document)), ("policy", policy), ("viewer", "\(viewer), \(options)"))
        }
    }

    private static func checkBoth(
        _ document: [UInt8],
        _ prepared: FilterPolicies.Prepared,
        _ viewer: Viewer,
        _ options: ProjectionOptions
    ) throws(Violation) {
        let tree = JSONTree(document)
        try JSONObjectProperty.check(document, tree)
        let result = Result { () throws(JSONFault) in try prepared.policy.project(document, for: viewer, options: options) }
        let reporting = Result { () throws(JSONFault) in try prepared.policy.projectReporting(document, for: viewer, options: options) }
        switch (result, reporting) {
        case (.failure(let fault), .failure(let same)):
            try expect(fault == same, "reporting makes no difference", "\(fault), \(same)")
            try expect((0...document.count).contains(fault.offset), "a fault lies in the document", "\(fault)")
            try expect(tree?.isObject != true, "a strict JSON object is accepted", "\(fault)")
        case (.success(let output), .success(let report)):
            guard let tree, tree.isObject else { throw Violation("what is accepted is a strict JSON object") }
            try expect(output == report.bytes, "reporting makes no difference", "\(shown(output))\n  and \(shown(report.bytes))")
            try check(output, of: document, tree, prepared, viewer, options, removed: report.removed)
        default: throw Violation("reporting makes no difference", ("plain", "\(result)"), ("reporting", "\(reporting)"))
        }
    }

    private static func check(
        _ output: [UInt8],
        of document: [UInt8],
        _ tree: JSONTree,
        _ prepared: FilterPolicies.Prepared,
        _ viewer: Viewer,
        _ options: ProjectionOptions,
        removed: [Removal]
    ) throws(Violation) {
        guard let shownTree = JSONTree(output), shownTree.isObject else { throw Violation("the output is JSON", ("output", shown(output))) }
        try expect(shownTree.compact(output) == output, "the output has no white space between its parts", shown(output))

        let reference = ReferenceProjection(prepared.reference, for: viewer, options)
        let expected = reference.project(document, tree)
        guard output == expected else {
            throw Violation("\(viewer) sees what the policy says", ("expected", shown(expected)), ("output", shown(output)))
        }
        // A mask is reported also where it finds its own stars.
        let isReported = removed.contains { $0.reason != .masked }
        try expect(!isReported || output != tree.compact(document), "nothing is reported where nothing was removed", "\(removed)")
        try expect(!removed.isEmpty || reference.withheld == 0, "what was removed is reported", shown(output))
        try expect(removed.count <= 1000, "at most 1,000 removals are listed", "\(removed.count)")
        // A character that the limit cuts becomes U+FFFD, of three bytes.
        try expect(removed.allSatisfy { $0.path.utf8.count <= 256 + 2 }, "paths are cut at 256 bytes")

        let again = Result { () throws(JSONFault) in try prepared.policy.project(output, for: viewer, options: options) }
        try expect(again == .success(output), "filtering twice equals filtering once", "\(again.map { shown($0) })")
    }
}
